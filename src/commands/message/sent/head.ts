// The head of an HTTP message as text: its headers, whoever wrote them down.

import type { HttpHeaders } from '../../../explain/rules/rule.ts';

/** RFC 9110 §5.6.2: what the name of a header is made of. */
const LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,200})[ \t]*:[ \t]*(.*)$/;

/** A header's name in lower case, and its value; undefined: the line is none. */
export const headerIn = (line: string): readonly [name: string, value: string] | undefined => {
  const [, name, value = ''] = LINE.exec(line) ?? [];
  return name === undefined ? undefined : [name.toLowerCase(), value.trim()];
};

/** Of a header that is there twice both values count, as a server reads them. */
export const headersOf = (pairs: readonly (readonly [name: string, value: string])[]): HttpHeaders => {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of pairs)
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  return headers;
};
