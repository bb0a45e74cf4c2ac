// Attacks on the envelope: what is no SOAP message, not for us, or contradicts itself.

import { attack, family } from './family.ts';
import type { Recipe } from './message.ts';
import { NS } from './names.ts';

const edited = (name: string, problem: string, told: string | number, edit: (message: string) => string) =>
  attack(name, problem, told, (arena) => edit(arena.message()));
const turned = (name: string, problem: string, told: string, knobs: Partial<Recipe>) =>
  attack(name, problem, told, (arena) => arena.message(knobs));
const misshapen = (name: string, edit: (message: string) => string) =>
  edited(name, 'soap.structure', 'Client', edit);
const over = (
  name: string,
  problem: string,
  told: string | number,
  http: { method?: string; headers?: Record<string, string> },
) => attack(name, problem, told, (arena) => ({ body: arena.message(), ...http }));
const contentType = (value: string): { headers: Record<string, string> } => ({
  headers: { 'content-type': value },
});
const action = (value: string): { headers: Record<string, string> } => ({ headers: { soapaction: value } });
const header = (name: string, block: string) =>
  turned(name, 'soap.must-understand', 'MustUnderstand', { before: block });

const withoutHeader = (message: string): string => message.replace(/<soap:Header>.*<\/soap:Header>/s, '');

family('envelope', [
  misshapen('an empty Envelope', () => `<soap:Envelope xmlns:soap="${NS.soap11}"/>`),
  misshapen('an Envelope with a Header only', (message) => message.replace(/<soap:Body.*<\/soap:Body>/s, '')),
  misshapen('an empty Body', (message) => message.replace(/(<soap:Body[^>]*>).*(<\/soap:Body>)/s, '$1$2')),
  misshapen('a Body of text only', (message) =>
    message.replace(/(<soap:Body[^>]*>).*(<\/soap:Body>)/s, '$1text$2'),
  ),
  misshapen('two elements in the Body', (message) => message.replace('</soap:Body>', '<x/></soap:Body>')),
  misshapen('text beside the payload', (message) => message.replace('</soap:Body>', 'text</soap:Body>')),
  misshapen('CDATA beside the payload', (message) =>
    message.replace('</soap:Body>', '<![CDATA[x]]></soap:Body>'),
  ),
  misshapen('text in the Envelope', (message) => message.replace('</soap:Header>', '</soap:Header>text')),
  misshapen('text in the Header', (message) => message.replace('</soap:Header>', 'text</soap:Header>')),
  misshapen('the Header behind the Body', (message) =>
    message.replace(/(<soap:Header>.*<\/soap:Header>)(<soap:Body.*<\/soap:Body>)/s, '$2$1'),
  ),
  misshapen('an element before the Header', (message) =>
    message.replace('<soap:Header>', '<x/><soap:Header>'),
  ),
  misshapen('a Body of SOAP 1.2 in an Envelope of 1.1', (message) =>
    message.replace('<soap:Body', `<b:Body xmlns:b="${NS.soap12}"`).replace('</soap:Body>', '</b:Body>'),
  ),
  misshapen('a Body in no namespace', (message) => message.replaceAll('soap:Body', 'Body')),
  edited('an Envelope in no namespace', 'soap.version-mismatch', 'VersionMismatch', (message) =>
    message.replaceAll('soap:Envelope', 'Envelope'),
  ),
  edited('an Envelope of SOAP 1.2', 'soap.version-mismatch', 'VersionMismatch', (message) =>
    message.replace(NS.soap11, NS.soap12),
  ),
  edited('an Envelope of a namespace nobody knows', 'soap.version-mismatch', 'VersionMismatch', (message) =>
    message.replace(NS.soap11, 'urn:soap'),
  ),
  attack('a payload without Envelope', 'soap.not-an-envelope', 'Client', (arena) => arena.payload),
  edited('an HTML page', 'soap.not-an-envelope', 'Client', () => '<html/>'),
  edited('an envelope in lower case', 'soap.not-an-envelope', 'Client', (message) =>
    message.replaceAll('soap:Envelope', 'soap:envelope'),
  ),
  header('a header to be understood', '<x:Strange xmlns:x="urn:x" soap:mustUnderstand="1"/>'),
  header('a header to be understood, as true', '<x:Strange xmlns:x="urn:x" soap:mustUnderstand="true"/>'),
  header(
    'a header to be understood by the next',
    '<x:Strange xmlns:x="urn:x" soap:mustUnderstand="1" soap:actor="http://schemas.xmlsoap.org/soap/actor/next"/>',
  ),
  header(
    'a Security header of another namespace to be understood',
    '<x:Security xmlns:x="urn:x" soap:mustUnderstand="1"/>',
  ),
  header('a header of no namespace to be understood', '<Strange soap:mustUnderstand="1"/>'),
  turned('33 header blocks', 'soap.too-many-headers', 'Client', { before: '<x/>'.repeat(32) }),
  turned('an operation nobody knows', 'soap.unknown-operation', 'Client', {
    payload: `<m:Ukjent xmlns:m="${NS.m}"/>`,
  }),
  turned('an operation in another namespace', 'soap.unknown-operation', 'Client', {
    payload: '<OpprettPostkasseForespoersel/>',
  }),
  turned('a response as request', 'soap.unknown-operation', 'Client', {
    payload: `<m:OpprettPostkasseRespons xmlns:m="${NS.m}"/>`,
  }),
  turned('a Fault as request', 'soap.unknown-operation', 'Client', { payload: '<soap:Fault/>' }),
  turned('a payload that the schema refuses', 'schema.invalid', 'Client', {
    payload: `<m:OpprettPostkasseForespoersel xmlns:m="${NS.m}"/>`,
  }),
  turned('xsi:nil where a value is due', 'schema.invalid', 'Client', {
    payload: `<m:KanVelgeSikkerDigitalPostkasseForespoersel xmlns:m="${NS.m}"><m:personidentifikator xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></m:KanVelgeSikkerDigitalPostkasseForespoersel>`,
  }),
  turned('xsi:type to another type', 'schema.invalid', 'Client', {
    payload: `<m:KanVelgeSikkerDigitalPostkasseForespoersel xmlns:m="${NS.m}"><m:personidentifikator xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:string">x</m:personidentifikator></m:KanVelgeSikkerDigitalPostkasseForespoersel>`,
  }),
  turned('a schema location of its own', 'schema.invalid', 'Client', {
    payload: `<m:KanVelgeSikkerDigitalPostkasseForespoersel xmlns:m="${NS.m}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${NS.m} file:///etc/passwd"><m:personidentifikator>x</m:personidentifikator></m:KanVelgeSikkerDigitalPostkasseForespoersel>`,
  }),
  over('a SOAPAction of another operation', 'soap.action-mismatch', 'Client', action('"SlettPostkasse"')),
  over('a SOAPAction without quotes', 'soap.action-mismatch', 'Client', action('SlettPostkasse')),
  over(
    'an action parameter of another operation',
    'soap.action-mismatch',
    'Client',
    contentType('text/xml; action="SlettPostkasse"'),
  ),
  over(
    'an Envelope of SOAP 1.1 under the media type of 1.2',
    'soap.media-type',
    415,
    contentType('application/soap+xml; charset=utf-8'),
  ),
  attack(
    'an Envelope of SOAP 1.2 under its own media type',
    'soap.version-mismatch',
    'VersionMismatch',
    (arena) => ({
      body: arena.message().replace(NS.soap11, NS.soap12),
      ...contentType('application/soap+xml; charset=utf-8'),
    }),
  ),
  over('JSON', 'soap.media-type', 415, contentType('application/json')),
  over('plain text', 'soap.media-type', 415, contentType('text/plain')),
  over('application/xml', 'soap.media-type', 415, contentType('application/xml')),
  over(
    'MTOM',
    'soap.media-type',
    415,
    contentType('multipart/related; type="application/xop+xml"; boundary=x'),
  ),
  over('a form', 'soap.media-type', 415, contentType('application/x-www-form-urlencoded')),
  over('a Content-Type that is none', 'soap.media-type', 415, contentType('xml')),
  over('a Content-Type of two', 'soap.media-type', 415, contentType('text/xml, text/plain')),
  over('PUT', 'soap.method', 405, { method: 'PUT' }),
  over('DELETE', 'soap.method', 405, { method: 'DELETE' }),
  over('PATCH', 'soap.method', 405, { method: 'PATCH' }),
  attack('GET without a query', 'soap.method', 405, () => ({ method: 'GET' })),
  attack('OPTIONS', 'soap.method', 405, () => ({ method: 'OPTIONS' })),
  edited('no Header', 'security.header-missing', 'InvalidSecurity', withoutHeader),
  edited('an empty Header', 'security.header-missing', 'InvalidSecurity', (message) =>
    withoutHeader(message).replace('<soap:Body', '<soap:Header/><soap:Body'),
  ),
]);
