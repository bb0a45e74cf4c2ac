// Line ends in the content became others.

import type { Change } from '../hypothesis.ts';
import { reworded } from '../octets/tokens.ts';

export const lineEndingsChanged: Change = {
  cause: 'line-endings-changed',
  sentence:
    'line ends were changed between signing and arrival: a carriage return was written as &#13;, or lost, or hashed',
  why: 'A carriage return in a value, or in base64 on several lines, is written as &#13; by one library (javax.xml.crypto of Java 11 to 17, in its base64), dropped by another, and hashed by a third.',
  rule: 'XML 1.0 §2.11: parsers read CR LF as LF; Canonical XML §2.3: a carriage return that stays is &#xD;',
  remedy: 'use LF alone in the content, before the message is signed',
  stacks: {
    WCF: 'set XmlWriterSettings.NewLineHandling = NewLineHandling.None and NewLineChars = "\\n"',
    'CXF/WSS4J':
      'write base64 in values by Base64.getEncoder(): StAX writers of the JDK leave the carriage returns of getMimeEncoder() bare, and they are lost',
  },
  *undo(tokens) {
    yield reworded(tokens, (text) => text.replaceAll('&#xD;', ''));
    yield reworded(tokens, (text) => text.replace(/(?:&#xD;)?\n/g, '&#xD;\n'));
    yield reworded(tokens, (text) => text.replace(/(?:&#xD;)?\n/g, '\r\n'));
    yield reworded(tokens, (text) => text.replaceAll('&#xD;\n', '\r\n'));
    yield reworded(tokens, (text) => text.replaceAll('&#xD;', '\n'));
    yield reworded(tokens, (text) => text.replaceAll('\n', '&#xD;'));
  },
};
