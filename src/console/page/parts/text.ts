// The texts of strangers: nothing in them acts, ends the line or turns it round; what cannot be seen is shown as its number.

const ACTING_IN_LINES = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text of several lines: its line ends and tabs stay. */
export const printableLines = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(ACTING_IN_LINES, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/** The same with signs for blanks, tabs and line ends; lines end all the same. */
export const withSigns = (text: string): string =>
  printableLines(
    text.replaceAll('\r', '␍').replaceAll('\n', '⏎\n').replaceAll('\t', '→').replaceAll(' ', '·'),
  );

const NUMBER = new Intl.NumberFormat('en');
export const plural = (count: number, word: string): string =>
  `${NUMBER.format(count)} ${word}${count === 1 ? '' : 's'}`;
