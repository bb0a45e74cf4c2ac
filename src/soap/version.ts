// The two SOAP versions: what differs between them on the wire.

import { type Namespace, soap11, soap12 } from '../xml/names.ts';

export interface SoapVersion {
  readonly name: '1.1' | '1.2';
  readonly namespace: Namespace;
  readonly mediaType: string;
  /** The attribute that addresses a header block, and its values that mean "you". */
  readonly role: { readonly attribute: string; readonly ours: readonly string[] };
}

export const SOAP_1_1: SoapVersion = {
  name: '1.1',
  namespace: soap11,
  mediaType: 'text/xml',
  role: { attribute: 'actor', ours: ['', 'http://schemas.xmlsoap.org/soap/actor/next'] },
};

export const SOAP_1_2: SoapVersion = {
  name: '1.2',
  namespace: soap12,
  mediaType: 'application/soap+xml',
  role: {
    attribute: 'role',
    ours: [
      '',
      'http://www.w3.org/2003/05/soap-envelope/role/next',
      'http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver',
    ],
  },
};
