// The texts of strangers, fit for a terminal or a log line: nothing in them acts, ends the line or turns it round.

// Controls (Cc), format characters such as the bidirectional ones (Cf), lone surrogates, line and paragraph separators.
const ACTING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text with each such character as `\u{…}`. */
export const printable = (text: string): string =>
  text.replace(ACTING, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
