// MTOM: the message comes as a package, or a text of it has moved into an attachment.

import type { XmlElement } from 'libxml2-wasm';
import { elementAt, placeOf } from '../../xml/place.ts';
import { named } from './elements.ts';
import type { Rule, Sight } from './rule.ts';

const XOP = { prefix: 'xop', uri: 'http://www.w3.org/2004/08/xop/include' };
/** What packages are labelled with (XOP 1.0 §4.1). */
const LABEL = /application\/xop\+xml/i;
/** Longer than the head of the first part. */
const HEAD = 4096;

const isPackage = ({ headers, message }: Sight): boolean => {
  if (LABEL.test(headers['content-type'] ?? '')) return true;
  const head = message.toString('latin1', 0, HEAD);
  return /^\s*--[^\r\n<]+\r?\n/.test(head) && LABEL.test(head);
};

const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  'security.token-unreadable': ['BinarySecurityToken'],
  'security.signature-form': ['DigestValue', 'SignatureValue'],
  'security.signature-value': ['SignatureValue'],
};

/** The include that stands where the refusal missed a text. */
const includeIn = ({ document, refusal }: Sight): XmlElement | undefined => {
  const { where } = refusal.explanation;
  const at = document && where !== undefined ? elementAt(document, where) : undefined;
  return named(document, 'Include', XOP).find((include) =>
    refusal.problem === 'schema.invalid'
      ? at !== undefined && (include.isSameNode(at) || include.parent?.isSameNode(at))
      : HOLDERS[refusal.problem]?.includes(include.parent?.name ?? ''),
  );
};

const PACKAGE = ['xml.not-xml', 'xml.beginning', 'soap.media-type'];

export const mtom: Rule = {
  cause: 'mtom',
  sentence:
    'MTOM is switched on in the client: the message comes as a multipart package, or a text of it has moved into an attachment',
  why: 'MTOM is on by default in some frameworks, or switched on for another service over the same client.',
  rule: 'XOP 1.0 §3; the WSDL has no MTOM policy',
  remedy: 'switch MTOM and attachments off: messages come in one piece, with base64 in their elements',
  stacks: {
    'CXF/WSS4J': 'set mtom-enabled to false on the endpoint',
    'JAX-WS': 'no MTOMFeature, and no setMTOMEnabled(true) on the SOAPBinding',
    WCF: 'messageEncoding="Text", not "Mtom"',
    SoapUI: 'set Enable MTOM and Force MTOM to false in the properties of the request',
    gSOAP: 'call no soap_set_mime: with it SOAP_ENC_MTOM makes a package of every message',
  },
  of: [...PACKAGE, ...Object.keys(HOLDERS), 'schema.invalid'],
  seen: (sight) => {
    if (PACKAGE.includes(sight.refusal.problem)) return isPackage(sight) ? {} : undefined;
    const include = includeIn(sight);
    return include && { where: [placeOf(include)], found: 'xop:Include in place of the text' };
  },
};
