// Norwegian person numbers: checked where a command is decoded, masked where the journal is written, made for test persons.

import { idnr } from '@navikt/fnrvalidator';

const REASONS = {
  'fnr, dnr or hnr must consist of 11 digits': 'it does not consist of 11 digits',
  'invalid date':
    'digits 1 to 6 are not a date (day + 40 in a D-number; month + 40 or + 80 in a synthetic number)',
  "checksums don't match": 'the control digits, 10 and 11, do not follow from the digits before them',
} as const;

/**
 * Checks a fødselsnummer or D-number, real or synthetic (month + 40 or + 80). The first control digit may follow
 * the rule of today or the one of 2032.
 *
 * @returns undefined when valid, otherwise the rule that failed; the text does not repeat the number
 */
export const checkPersonidentifikator = (text: string): string | undefined => {
  const result = idnr(text);
  if (result.status === 'valid') return undefined;
  // The library lists the control digits first, but they are bound to be wrong when the date is.
  return REASONS[result.reasons.at(-1) ?? "checksums don't match"];
};

// A match starts and ends at the edge of a run of digits and letters, so a long run costs one look at each character.
const LONE_NUMBER = /(?<![\p{L}\p{Nd}])(\d{6})([ -]?)(\d{4,5})(?![\p{L}\p{Nd}])/gu;
/** What every such number has. Most texts have none of it, and a look for it costs little. */
const DIGITS = /\d{6}[ -]?\d{4}/;

/**
 * Hides the person numbers of a text: of each number of 10 digits (CPR) or 11 (Norway) that stands alone, in one piece or
 * parted as people write it, the birth date stays and the rest becomes asterisks. Longer numbers and numbers that touch a letter stay as they are.
 */
export const maskPerson = (text: string): string =>
  DIGITS.test(text)
    ? text.replace(
        LONE_NUMBER,
        (_, birth: string, between: string, rest: string) => birth + between + '*'.repeat(rest.length),
      )
    : text;

const K1_WEIGHTS = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const K2_WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

const controlDigit = (digits: string, weights: readonly number[]): number | undefined => {
  const sum = weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  const digit = (11 - (sum % 11)) % 11;
  return digit === 10 ? undefined : digit;
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/**
 * Makes a synthetic number as Skatteetaten does: month + 80, in a D-number also day + 40, control digits computed
 * after the offsets. No person has such a number.
 *
 * @param individual digits 7 to 9, from 0 to 999; they also tell the century (000–499 for the 1900s, 500–999 for
 *   2000–2039), which the caller has to choose in agreement with the year
 * @returns undefined when a control digit would be 10: try the next individual number
 * @throws RangeError when the birth is no date or the individual number has no three digits
 */
export const syntheticPersonidentifikator = (
  birth: { readonly year: number; readonly month: number; readonly day: number },
  individual: number,
  kind: 'fnr' | 'dnr' = 'fnr',
): string | undefined => {
  const { year, month, day } = birth;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    throw new RangeError(`${year}-${month}-${day} is not a date`);
  if (!Number.isInteger(individual) || individual < 0 || individual > 999)
    throw new RangeError(`${individual} is not an individual number (0 to 999)`);

  const shownDay = twoDigits(kind === 'dnr' ? day + 40 : day);
  const stem = `${shownDay}${twoDigits(month + 80)}${twoDigits(year % 100)}${String(individual).padStart(3, '0')}`;
  const k1 = controlDigit(stem, K1_WEIGHTS);
  if (k1 === undefined) return undefined;
  const k2 = controlDigit(`${stem}${k1}`, K2_WEIGHTS);
  return k2 === undefined ? undefined : `${stem}${k1}${k2}`;
};
