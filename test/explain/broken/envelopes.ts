// Envelopes that are none of the service's: another version, another order, another operation.

import { NS } from '../../attacks/names.ts';
import { type Broken, edited, inBody } from './ways.ts';

const BLOCK = '<a:Action xmlns:a="http://www.w3.org/2005/08/addressing" soap:mustUnderstand="1">x</a:Action>';
const named = (text: string): string => text.replaceAll('OpprettPostkasseForespoersel', 'OpprettPostkasse');

export const envelopes: readonly Broken[] = [
  { name: 'SOAP 1.2', cause: 'soap-version', make: ({ message }) => message({ soap: NS.soap12 }) },
  {
    name: 'an Envelope of nobody',
    cause: 'wrong-namespace',
    make: edited((text) => text.replaceAll(NS.soap11, 'http://schemas.xmlsoap.org/soap/envelope')),
  },
  {
    name: 'a Body of SOAP 1.2 in an Envelope of SOAP 1.1',
    cause: 'wrong-namespace',
    make: edited((text) =>
      text.replace('<soap:Body', `<s:Body xmlns:s="${NS.soap12}"`).replace('</soap:Body>', '</s:Body>'),
    ),
  },
  {
    name: 'Header behind Body',
    cause: 'element-misplaced',
    make: edited((text) =>
      text.replace(/(<soap:Header>.*<\/soap:Header>)(<soap:Body.*<\/soap:Body>)/s, '$2$1'),
    ),
  },
  {
    name: 'two Bodies',
    cause: 'two-of-one',
    make: edited((text) => text.replace('</soap:Envelope>', '<soap:Body/></soap:Envelope>')),
  },
  { name: 'two elements in the Body', cause: 'two-of-one', make: edited(inBody((text) => text + text)) },
  { name: 'an empty Body', cause: 'element-missing', make: edited(inBody(() => '')) },
  {
    name: 'no Body',
    cause: 'element-missing',
    make: edited((text) => text.replace(/<soap:Body.*<\/soap:Body>/s, '')),
  },
  {
    name: 'something beside the Body',
    cause: 'element-unknown',
    make: edited((text) => text.replace('</soap:Envelope>', '<x/></soap:Envelope>')),
  },
  {
    name: 'text in the Header',
    cause: 'text-misplaced',
    make: edited((text) => text.replace('<soap:Header>', '<soap:Header>x')),
  },
  {
    name: 'a message that was escaped',
    cause: 'text-misplaced',
    remedy: /as elements: it came as text/,
    make: edited(inBody((text) => text.replaceAll('<', '&lt;'))),
  },
  {
    name: 'a message within CDATA',
    cause: 'text-misplaced',
    remedy: /as elements: it came as text/,
    make: edited(inBody((text) => `<![CDATA[${text}]]>`)),
  },
  {
    name: 'WS-Addressing that has to be understood',
    cause: 'must-understand',
    make: ({ message }) => message({ before: BLOCK }),
  },
  {
    name: 'Security of a draft that has to be understood',
    cause: 'wrong-namespace',
    make: edited((text) => text.replaceAll(NS.wsse, 'http://schemas.xmlsoap.org/ws/2002/12/secext')),
  },
  {
    name: 'a Timestamp as a header block that has to be understood',
    cause: 'element-misplaced',
    make: ({ message }) => message({ before: '<wsu:Timestamp soap:mustUnderstand="1"/>' }),
  },
  {
    name: 'an operation in the namespace of another version',
    cause: 'wrong-namespace',
    make: ({ message, payload }) =>
      message({ payload: payload.replaceAll('postkasseleverandoer/v1', 'postkasseleverandoer/v2') }),
  },
  {
    name: 'the name of the operation around the request',
    cause: 'rpc-wrapper',
    make: ({ message, payload }) =>
      message({ payload: `<m:OpprettPostkasse xmlns:m="${NS.m}">${payload}</m:OpprettPostkasse>` }),
  },
  {
    name: 'the name of the operation in place of that of the request',
    cause: 'rpc-wrapper',
    make: ({ message, payload }) => message({ payload: named(payload) }),
  },
  {
    name: 'an operation that there is not',
    cause: 'operation-unknown',
    make: ({ message, payload }) =>
      message({ payload: payload.replaceAll('OpprettPostkasse', 'HentPostkasse') }),
  },
  {
    name: 'an operation of nobody’s',
    cause: 'operation-unknown',
    make: ({ message }) => message({ payload: '<m:Ask xmlns:m="urn:other"/>' }),
  },
  {
    name: 'an operation of nobody’s, sent to a service',
    cause: 'operation-unknown',
    service: 'postkasseleverandoer',
    make: ({ message }) => message({ payload: '<m:Ask xmlns:m="urn:other"/>' }),
  },
  {
    name: 'Security in the Body',
    cause: 'element-misplaced',
    make: edited((text) =>
      text
        .replace(/(<wsse:Security.*<\/wsse:Security>)(.*<soap:Body[^>]*>)/s, '$2$1')
        .replace(/<m:OpprettPostkasseForespoersel.*<\/m:OpprettPostkasseForespoersel>/s, ''),
    ),
  },
  {
    name: 'an encrypted request, by the journal',
    cause: 'operation-unknown',
    remedy: /never encrypted$/,
    sent: 1,
    make: ({ message }) =>
      message({ payload: '<x:EncryptedData xmlns:x="http://www.w3.org/2001/04/xmlenc#"/>' }),
  },
];
