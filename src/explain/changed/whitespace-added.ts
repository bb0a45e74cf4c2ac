// Somebody laid the message out after it was signed.

import type { Change } from '../hypothesis.ts';
import { isLayout } from '../octets/tokens.ts';

export const whitespaceAdded: Change = {
  cause: 'whitespace-added',
  sentence: 'white space between elements was added after the message was signed',
  why: 'A logger, a gateway or a step of the client reads the signed message and writes it again with indentation.',
  rule: 'XML Signature §4.4.3; Canonical XML §1.1: white space in content counts',
  remedy:
    'send the octets that were signed: no pretty-printing, logging or parsing and writing of the message behind the signer',
  stacks: {
    'CXF/WSS4J':
      'let no interceptor behind WSS4JOutInterceptor write the message anew (pretty-printing belongs to the logger alone)',
    PHP: 'set DOMDocument::formatOutput = false and preserveWhiteSpace = true before the message is signed and written',
    zeep: 'write with etree.tostring(envelope) without pretty_print after the signature plugin',
    WCF: 'send the message unformatted: XmlWriterSettings.Indent = false',
    SoapUI: 'switch off “Pretty prints project files” and reformat no request that holds a signature',
  },
  undo: (tokens) => [tokens.filter((_, index) => !isLayout(tokens, index))],
};
