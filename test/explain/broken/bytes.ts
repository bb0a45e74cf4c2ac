// Bytes that are no message, and messages that HTTP has under a wrong label.

import { gzipSync } from 'node:zlib';
import { type Broken, edited } from './ways.ts';

const xml = { headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' } };
const MULTIPART =
  'multipart/related; type="application/xop+xml"; boundary="b"; start="<root>"; start-info="text/xml"';
const packaged = (text: string): string =>
  `--b\r\nContent-Type: application/xop+xml; charset=UTF-8; type="text/xml"\r\nContent-ID: <root>\r\n\r\n${text}\r\n--b--\r\n`;

export const bytes: readonly Broken[] = [
  { name: 'nothing at all', cause: 'not-xml', make: () => '' },
  {
    name: 'the error page of a proxy',
    cause: 'not-xml',
    make: () => '<!DOCTYPE html><html><body>502</body></html>',
  },
  { name: 'JSON', cause: 'not-xml', remedy: /GET \/ lists/, make: () => '{"a":1}' },
  {
    name: 'XML that was encoded as base64',
    cause: 'not-xml',
    make: ({ message }) => Buffer.from(`<?xml version="1.0"?>${message()}`).toString('base64'),
  },
  { name: 'gzip without a word of it', cause: 'gzip-unlabelled', make: ({ message }) => gzipSync(message()) },
  { name: 'an MTOM package', cause: 'mtom', make: ({ message }) => packaged(message()) },
  {
    name: 'an MTOM package under its own media type',
    cause: 'mtom',
    http: { headers: { 'content-type': MULTIPART } },
    make: ({ message }) => packaged(message()),
  },
  {
    name: 'a line before the declaration',
    cause: 'xml-not-at-start',
    make: ({ message }) => `\n<?xml version="1.0"?>${message()}`,
  },
  {
    name: 'a warning of PHP before the envelope',
    cause: 'xml-not-at-start',
    make: ({ message }) => `Warning: x in y\n${message()}`,
  },
  {
    name: 'Latin-1 under UTF-8',
    cause: 'charset',
    make: ({ message }) => Buffer.from(message().replace('kari.testesen', 'k\u00e5ri.testesen'), 'latin1'),
  },
  {
    name: 'a charset of the Content-Type that is another than the bytes have',
    cause: 'charset',
    http: { headers: { 'content-type': 'text/xml; charset=iso-8859-1' } },
    make: ({ message }) => message(),
  },
  {
    name: 'UTF-16 by its declaration, UTF-8 by its bytes',
    cause: 'charset',
    make: ({ message }) => `<?xml version="1.0" encoding="UTF-16"?>${message()}`,
  },
  { name: 'XML 1.1', cause: 'xml-version', make: ({ message }) => `<?xml version="1.1"?>${message()}` },
  {
    name: 'a document type',
    cause: 'doctype',
    make: ({ message }) => `<!DOCTYPE a [<!ENTITY b "c">]>${message()}`,
  },
  {
    name: 'a stylesheet',
    cause: 'processing-instruction',
    make: ({ message }) => `<?xml-stylesheet href="a.xsl"?>${message()}`,
  },
  {
    name: 'an entity of HTML',
    cause: 'entity-undeclared',
    make: edited((text) => text.replace('kari.testesen', 'kari&nbsp;testesen')),
  },
  {
    name: 'an ampersand',
    cause: 'not-well-formed',
    make: edited((text) => text.replace('kari.testesen', 'kari & co')),
  },
  {
    name: 'half a message',
    cause: 'not-well-formed',
    remedy: /^close the outermost element/,
    make: edited((text) => text.slice(0, -200)),
  },
  {
    name: 'a message without its last octets',
    cause: 'not-well-formed',
    remedy: /^close the outermost element/,
    make: edited((text) => text.slice(0, -3)),
  },
  {
    name: 'a tag that is not closed',
    cause: 'not-well-formed',
    remedy: /^correct the named line/,
    make: edited((text) => text.replace('</m:personidentifikator>', '')),
  },
  {
    name: 'a prefix that nobody declares',
    cause: 'not-well-formed',
    make: edited((text) => text.replace(' xmlns:ds=', ' xmlns:dz=')),
  },
  { name: 'too deep', cause: 'limit-exceeded', make: () => '<a>'.repeat(5000) },
  {
    name: 'a WSDL',
    cause: 'no-envelope',
    make: () => '<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>',
  },
  {
    name: 'under application/json',
    cause: 'content-type',
    http: { headers: { 'content-type': 'application/json' } },
    make: ({ message }) => message(),
  },
  {
    name: 'JSON under application/json',
    cause: 'not-xml',
    besides: ['content-type'],
    remedy: /GET \/ lists/,
    http: { headers: { 'content-type': 'application/json' } },
    make: () => '{"a":1}',
  },
  {
    name: 'a form under its own media type',
    cause: 'not-xml',
    besides: ['content-type'],
    http: { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    make: () => 'xml=1&b=2',
  },
  {
    name: 'nothing, with GET',
    cause: 'http-method',
    http: { method: 'GET', headers: {} },
    make: () => '',
  },
  {
    name: 'without a Content-Type',
    cause: 'content-type',
    http: { headers: {} },
    make: ({ message }) => message(),
  },
  {
    name: 'SOAP 1.1 under the media type of SOAP 1.2',
    cause: 'content-type',
    http: { headers: { 'content-type': 'application/soap+xml' } },
    make: ({ message }) => message(),
  },
  {
    name: 'with PUT',
    cause: 'http-method',
    http: { method: 'PUT', ...xml },
    make: ({ message }) => message(),
  },
  {
    name: 'an encoding that is not taken, by the journal',
    cause: 'content-encoding',
    http: { headers: { 'content-encoding': 'br' } },
    sent: 1,
    make: ({ message }) => message(),
  },
  {
    name: 'the SOAPAction of another operation',
    cause: 'soap-action',
    http: { headers: { ...xml.headers, soapaction: '"urn:other"' } },
    make: ({ message }) => message(),
  },
];
