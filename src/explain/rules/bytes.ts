// Bytes that are no message: what came in place of XML, and XML that cannot be read.

import { asTold, kindOf, type Rule, toldIf, when } from './rule.ts';

const gzipUnlabelled: Rule = {
  cause: 'gzip-unlabelled',
  sentence: 'the body is compressed with gzip, and no Content-Encoding says so',
  why: 'A proxy or an interceptor compresses the body and the header is lost, or written for the answer only.',
  rule: 'RFC 9110 §8.4',
  remedy: 'send Content-Encoding: gzip with it, or switch compression off',
  of: ['xml.not-xml'],
  seen: when(({ message }) => message[0] === 0x1f && message[1] === 0x8b),
};

export const byteRules: readonly Rule[] = [
  gzipUnlabelled,
  {
    cause: 'not-xml',
    sentence: 'what was sent is no XML at all',
    why: 'The client sends a form, JSON, or nothing: a wrong address, a body that was read before, an error page that is passed on.',
    rule: 'SOAP 1.1 §3; XML 1.0 §2.1',
    remedy: 'send the SOAP envelope itself as the body of the POST',
    of: ['xml.empty', 'xml.not-xml'],
    seen: asTold,
  },
  {
    cause: 'xml-not-at-start',
    sentence: 'something stands before the XML declaration or the envelope',
    why: 'A blank line of a template, a second byte order mark, or the name of a form field comes first.',
    rule: 'XML 1.0 §2.8',
    remedy:
      'let the message begin with the XML declaration or the envelope, without a blank, a line end or text before it',
    stacks: {
      PHP: 'no blank or line before <?php and no byte order mark in included files: both go out first',
    },
    of: ['xml.beginning'],
    // PHP writes blanks and byte order marks of its own accord, nothing else.
    seen: (sight) =>
      /white space|byte order mark/.test(sight.refusal.explanation.found)
        ? asTold(sight)
        : { ...asTold(sight), noStacks: true },
  },
  {
    cause: 'charset',
    sentence: 'the bytes are in another encoding than the message says, or in one that is not taken',
    why: 'The text is turned into bytes by the platform’s encoding, while XML declaration or Content-Type say another.',
    rule: 'XML 1.0 §4.3.3; RFC 7303 §3; WS-I Basic Profile R1012',
    remedy: 'write the bytes in UTF-8, and let Content-Type and XML declaration say so, or say nothing',
    stacks: {
      PHP: "SoapClient always sends UTF-8; in own code $document->encoding = 'UTF-8' before saveXML()",
      'CXF/WSS4J': 'turn text into bytes with StandardCharsets.UTF_8, never with getBytes() alone',
      WCF: 'textMessageEncoding writeEncoding="utf-8"',
    },
    of: ['xml.encoding'],
    seen: asTold,
  },
  {
    cause: 'xml-version',
    sentence: 'the XML declaration is not one of XML 1.0',
    why: 'A template declares XML 1.1, or the declaration is misspelt.',
    rule: 'XML 1.0 §2.8',
    remedy: 'write <?xml version="1.0" encoding="UTF-8"?>, or leave the declaration out',
    of: ['xml.version'],
    seen: asTold,
  },
  {
    cause: 'doctype',
    sentence: 'the message has a document type declaration, which SOAP forbids',
    why: 'The message is written by a tool for documents, or with entities of HTML in mind.',
    rule: 'SOAP 1.1 §3; SOAP 1.2 Part 1 §5',
    remedy: 'send the envelope without <!DOCTYPE; write characters in place of the entities that it declares',
    of: ['xml.doctype'],
    seen: asTold,
  },
  {
    cause: 'processing-instruction',
    sentence: 'the message has a processing instruction, which SOAP forbids',
    why: 'A style sheet or an editor’s mark was left in the template.',
    rule: 'SOAP 1.1 §3; SOAP 1.2 Part 1 §5',
    remedy: 'send the envelope without <?…?>; only the XML declaration may stand, at the very beginning',
    of: ['xml.processing-instruction'],
    seen: asTold,
  },
  {
    cause: 'entity-undeclared',
    sentence:
      'an entity is used that XML does not know: without a DTD there are amp, lt, gt, quot and apos only',
    why: 'Text was escaped for HTML: &nbsp;, &oslash;, &eacute;.',
    rule: 'XML 1.0 §4.1, well-formedness constraint: Entity Declared',
    remedy: 'write the character itself, or its number (&#160; for &nbsp;)',
    stacks: { PHP: 'htmlspecialchars($text, ENT_XML1), not htmlentities($text)' },
    of: ['xml.malformed'],
    seen: toldIf((sight) => kindOf(sight) === 'entity-undeclared'),
  },
  {
    cause: 'not-well-formed',
    sentence:
      'the XML is not well-formed: a tag is not closed, a prefix not declared, a character not escaped, or the end is missing',
    why: 'XML is put together from strings, and a value holds & or <; or the message was cut on its way.',
    rule: 'XML 1.0 §2.1; Namespaces in XML 1.0 §7',
    remedy: 'let a library write the XML, not string templates; look at the line that is named',
    of: ['xml.malformed'],
    seen: asTold,
  },
  {
    cause: 'limit-exceeded',
    sentence: 'the message holds more than the emulator takes',
    why: 'A list, an attachment or a generated value is larger than anything that the service needs.',
    rule: 'a limit of the emulator (setting: limits)',
    remedy: 'send less in one message, or raise the limit',
    of: [
      'xml.too-deep',
      'xml.too-many-elements',
      'xml.too-many-attributes',
      'xml.too-many-namespaces',
      'xml.too-many-ids',
      'xml.too-many-comments',
      'xml.too-many-cdata-sections',
      'xml.too-many-texts',
      'xml.name-too-long',
      'xml.text-too-long',
      'soap.too-many-headers',
      'http.too-large',
    ],
    seen: asTold,
  },
];
