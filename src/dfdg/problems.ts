// How the Danish SOAP services tell what they refuse: by a documented code, and in the words of SOAP and HTTP where those prescribe some.

import type { Face, Fault } from '../kernel/face.ts';
import { type ErrorCode, errorText, type Language } from './codes.ts';

/** How codes are written on the wire. */
export interface FaceSettings {
  readonly language: Language;
  /** `number`: the bare number, as documented, though it is no QName; `client`: the standard Client. */
  readonly faultcode: 'number' | 'client';
}

const FAULT_DETAILS = 'http://service.bm.dk/xml/schemas/2011/01/12/';

/** What is our own fault is told by this code; */
export const OWN_FAULT = 1011 satisfies ErrorCode;
/** and every other message that cannot be taken by this one. */
export const INVALID_MESSAGE = 1014 satisfies ErrorCode;

/**
 * The code by which these services tell what a stage refused that all services share.
 *
 * @param usual what services say of it where their contract has no words of its own
 * @returns undefined for what SOAP or HTTP itself prescribes, the same for every service
 */
export const codeFor = (usual: Face): ErrorCode | undefined => {
  if (usual.kind === 'http') return undefined;
  switch (usual.code) {
    case 'VersionMismatch':
    case 'MustUnderstand':
      return undefined;
    case 'Receiver':
      return OWN_FAULT;
    default:
      return INVALID_MESSAGE;
  }
};

/** The fault of a code. */
export const faultOf = (code: ErrorCode, { language, faultcode }: FaceSettings): Fault => ({
  kind: 'fault',
  code: faultcode === 'number' ? { bare: String(code) } : 'Sender',
  text: errorText(code, language),
  detail: {
    namespace: FAULT_DETAILS,
    name: 'FaultDetails',
    fields: [
      { name: 'ErrorCode', value: String(code) },
      { name: 'Message', value: errorText(code, language) },
    ],
  },
});
