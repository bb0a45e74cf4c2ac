// How the Danish SOAP services tell what they refuse: by a documented code, and in the words of SOAP and HTTP where those prescribe some.

import { randomUUID } from 'node:crypto';
import type { Face, Fault } from '../../kernel/face.ts';
import type { Faces, Telling } from '../../soap/service.ts';
import type { ElementNode } from '../../xml/writer.ts';
import { type ErrorCode, errorText, type Language, OWN_FAULT } from '../codes.ts';
import type { Refusal } from '../rule.ts';
import { answerElement, type Names, namespaceOf } from './listed.ts';
import { textElement } from './message.ts';

/** How refusals go out. */
export interface RefusalSettings {
  readonly language: Language;
  /** `number`: the bare number, as documented, though it is no QName; `client`: the standard Client. */
  readonly faultcode: 'number' | 'client';
  /** As faults with FaultDetails, or as answers with FEILET [A]. */
  readonly refusals: 'fault' | 'envelope';
}

const FAULT_DETAILS = 'http://service.bm.dk/xml/schemas/2011/01/12/';

/** Whatever cannot be taken for a message of the service. */
const INVALID_MESSAGE = 1014 satisfies ErrorCode;

/** The code for what a stage refused that all services share; undefined where SOAP or HTTP itself prescribes the words. */
const codeFor = (usual: Face): ErrorCode | undefined => {
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

const faultOf = (code: ErrorCode, { language, faultcode }: RefusalSettings): Fault => ({
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

/** The faces of a service, by its names. */
export const facesOf = (names: Names, settings: RefusalSettings): Faces<Refusal> => {
  const namespace = namespaceOf(names);
  const failed = (operation: string, code: ErrorCode, reference: string = randomUUID()): ElementNode =>
    answerElement(
      names,
      operation,
      textElement(namespace, 'status', 'FEILET'),
      textElement(namespace, 'beskrivelse', `FEJL_${code}`),
      textElement(namespace, 'fejltekst', errorText(code, settings.language)),
      textElement(namespace, 'ServiceRequestLogReferenceIdentifier', reference),
    );
  const told = (code: ErrorCode): Telling => ({
    face: faultOf(code, settings),
    result: String(code),
    instead:
      settings.refusals === 'fault'
        ? undefined
        : (operation, reference) => failed(operation, code, reference),
  });
  return {
    own: ({ code }) => told(code),
    shared: ({ problem }, usual) => {
      const code = codeFor(usual);
      if (code !== undefined) return told(code);
      // What HTTP refused never was a call of the service: the journal has it.
      return { face: usual, result: usual.kind === 'http' ? undefined : problem };
    },
  };
};
