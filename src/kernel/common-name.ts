// The common name in a printed subject, for lines that have no room for the whole of it.

const COMMON_NAME = /(?:^|, )CN=(.*?)(?=, [A-Za-z0-9.]+=|$)/;

/** The common name of a printed subject; undefined: it has none. */
export const commonNameIn = (subject: string): string | undefined => COMMON_NAME.exec(subject)?.[1];

/** A text that ends with a subject, with its common name instead. */
export const withCommonName = (text: string): string =>
  text.replace(/\b[A-Za-z][A-Za-z0-9.]*=.*$/s, (subject) => commonNameIn(subject) ?? subject);
