// As many synthetic person numbers as a test needs.

import { checkPersonidentifikator } from '../../src/identifiers/personidentifikator.ts';

const FIRST = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const SECOND = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

const controlDigit = (digits: string, weights: readonly number[]): number =>
  (11 - (weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11)) % 11;

/** Numbers with 80 added to the month, each once, of people born from 1940 on. */
export const synthetic = (count: number): string[] => {
  const numbers: string[] = [];
  for (let serial = 0; numbers.length < count; serial += 1) {
    const date = new Date(Date.UTC(1940, 0, 1 + Math.floor(serial / 400)));
    const [day, month, year] = [date.getUTCDate(), date.getUTCMonth() + 81, date.getUTCFullYear() % 100];
    const stem = `${String(day).padStart(2, '0')}${month}${year}${String(serial % 400).padStart(3, '0')}`;
    const first = controlDigit(stem, FIRST);
    const second = controlDigit(`${stem}${first}`, SECOND);
    const number = `${stem}${first}${second}`;
    if (first < 10 && second < 10 && checkPersonidentifikator(number) === undefined) numbers.push(number);
  }
  return numbers;
};
