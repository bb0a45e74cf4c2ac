// The persons of a seed: a list in which a number that may belong to one of them only occurs once.

import type { z } from 'zod';
import { list } from './issue.ts';

/** The persons of a seed: a number that may belong to one of them only occurs once among them. */
export const seedList = <Json extends z.ZodType<Readonly<Record<string, unknown>>>>(
  person: Json,
  numbers: readonly string[],
) =>
  list(person).superRefine((persons, context) => {
    for (const number of numbers) {
      const seen = new Set<unknown>();
      for (const [index, { [number]: value }] of persons.entries()) {
        if (value === null || value === undefined) continue;
        if (seen.has(value)) {
          context.addIssue({
            code: 'custom',
            path: [index, number],
            message: 'this number is in the seed twice',
          });
          return;
        }
        seen.add(value);
      }
    }
  });
