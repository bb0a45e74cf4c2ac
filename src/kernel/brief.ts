// Values of strangers in a reason: long ones shortened, so that the reason beside them is kept.

const LONGEST_VALUE = 60;

/** The beginning of a value. A cut never leaves half a number, which nobody could mask any more. */
const beginning = (characters: readonly string[], most: number): string =>
  `${characters.slice(0, most).join('').replace(/\d+$/, '')}…`;

/** A value for people, in quotation marks: its beginning and, where that is not all, its length in characters. */
export const brief = (value: string): string => {
  if (value.length <= LONGEST_VALUE) return JSON.stringify(value);
  const characters = [...value];
  return `${JSON.stringify(beginning(characters, LONGEST_VALUE))} (${characters.length} characters)`;
};

/** The same without the marks, for names and addresses: those of algorithms tell each other apart at their end. */
export const shortened = (value: string, most = LONGEST_VALUE): string => {
  if (value.length <= most) return value;
  const characters = [...value];
  return `${beginning(characters, most)} (${characters.length} characters)`;
};
