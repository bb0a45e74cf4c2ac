// A SOAP fault in words: its code, its reason, its detail.

import type { XmlElement } from 'libxml2-wasm';
import { shortened } from '../../kernel/brief.ts';
import { children, printNames, textOf } from '../../xml/tree.ts';

const LONGEST = 300;

/** The first child of one of these names. */
const inside = (element: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined =>
  element && children(element).find(({ name }) => names.includes(name));

const text = (element: XmlElement | undefined): string | undefined =>
  element && shortened(textOf(element).replace(/\s+/g, ' ').trim(), LONGEST);

/** What a code says of whose fault it is (SOAP 1.1 §4.4.1, SOAP 1.2 Part 1 §5.4.6). */
const MEANINGS: Readonly<Record<string, string>> = {
  Client: 'the request is to be changed',
  Sender: 'the request is to be changed',
  Server: 'the service failed; the same request may succeed later',
  Receiver: 'the service failed; the same request may succeed later',
  MustUnderstand: 'a header block with mustUnderstand was not understood',
  VersionMismatch: 'the envelope is of another version of SOAP',
  DataEncodingUnknown: 'the encodingStyle is not known',
};

export const faultInWords = (fault: XmlElement): string => {
  const code = text(inside(fault, 'faultcode') ?? inside(inside(fault, 'Code'), 'Value')) ?? '(none)';
  const subcode = text(inside(inside(inside(fault, 'Code'), 'Subcode'), 'Value'));
  const reason = text(inside(fault, 'faultstring') ?? inside(inside(fault, 'Reason'), 'Text')) ?? '(none)';
  const detail = inside(fault, 'detail', 'Detail');
  const meaning = MEANINGS[code.replace(/^.*:/, '')];
  return [
    `code ${code}${subcode ? `, ${subcode}` : ''}${meaning ? ` (${meaning})` : ''}`,
    `reason: ${reason}`,
    detail ? `detail: ${printNames(children(detail))}: ${text(detail)}` : 'no detail',
  ].join('; ');
};
