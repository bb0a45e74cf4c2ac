// Norwegian organisation numbers, as they stand in messages and in certificates.

const WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];

/**
 * Checks nine digits, the last of them a control digit (modulus 11). Whether Enhetsregisteret ever gave out the number
 * is not asked.
 *
 * @returns undefined when valid, otherwise the rule that failed
 */
export const checkOrganisasjonsnummer = (text: string): string | undefined => {
  if (!/^[0-9]{9}$/.test(text)) return 'it does not consist of 9 digits';
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(text[place]), 0);
  const control = (11 - (sum % 11)) % 11;
  if (control === 10) return 'no control digit exists for its first eight digits';
  if (control !== Number(text[8]))
    return `its control digit is ${text[8]}, its first eight digits give ${control}`;
  return undefined;
};

/**
 * Removes the scheme that network addresses put before an organisation number: ISO 6523 ICD `0192`
 * (Enhetsregisteret) or the older `9908`. Other text stays as it is.
 */
export const stripIcd = (text: string): string => text.replace(/^(?:9908|0192):/, '');
