// Values of strangers in a reason: long ones shortened, so that the reason beside them is kept.

const LONGEST_VALUE = 60;

/**
 * A value for people, in quotation marks: its beginning and, where that is not all, its length in characters.
 * A cut never leaves half a number, which nobody could mask any more.
 */
export const brief = (value: string): string => {
  if (value.length <= LONGEST_VALUE) return JSON.stringify(value);
  const characters = [...value];
  const beginning = characters.slice(0, LONGEST_VALUE).join('').replace(/\d+$/, '');
  return `${JSON.stringify(`${beginning}…`)} (${characters.length} characters)`;
};
