// Danish person numbers (CPR): the documented pattern and the calendar, never modulus 11.

// The pattern as the owner documents it: a day that its month can have, and ten zeros.
const PATTERN =
  /^(?:(?:(?:(?:0[1-9]|1[0-9]|2[0-9]|3[0-1])(?:01|03|05|07|08|10|12)|(?:0[1-9]|1[0-9]|2[0-9]|30)(?:04|06|09|11)|(?:0[1-9]|1[0-9]|2[0-9])02)[0-9]{6})|0{10})$/;

const NOBODY = '0000000000';

/** The year of birth: the seventh digit tells the century of the two digits before it. */
const yearOf = (cpr: string): number => {
  const short = Number(cpr.slice(4, 6));
  const century = Number(cpr[6]);
  if (century <= 3) return 1900 + short;
  if (century === 4 || century === 9) return short <= 36 ? 2000 + short : 1900 + short;
  return short <= 57 ? 2000 + short : 1800 + short;
};

/**
 * Checks a CPR number by pattern and calendar. Since 2007 valid numbers break modulus 11, so it says nothing.
 *
 * @returns undefined when valid, otherwise what is wrong; the text does not repeat the number
 */
export const checkCpr = (text: string): string | undefined => {
  if (!/^\d{10}$/.test(text)) return 'it does not consist of 10 digits';
  if (!PATTERN.test(text)) return 'digits 1 to 4 are no day of a month';
  if (text === NOBODY) return undefined;
  const [day, month] = [Number(text.slice(0, 2)), Number(text.slice(2, 4))];
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(yearOf(text));
  return date.getUTCDate() === day
    ? undefined
    : `day ${day} of month ${month} did not exist in ${yearOf(text)}`;
};
