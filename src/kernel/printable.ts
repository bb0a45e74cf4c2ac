// The texts of strangers, fit for a terminal or a log line: nothing in them acts, ends the line or turns it round.

// Controls (Cc), format characters such as the bidirectional ones (Cf), lone surrogates, line and paragraph separators.
const ACTING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** The same in JSON, whose own line breaks stand between its tokens only. */
const ACTING_IN_JSON = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text with each such character as `\u{…}`. */
export const printable = (text: string): string =>
  text.replace(ACTING, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON with each such character escaped (RFC 8259 §7): the value stays the same. */
export const printableJson = (json: string): string =>
  json.replace(ACTING_IN_JSON, (character) => character.split('').map(escaped).join(''));
