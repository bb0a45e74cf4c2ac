// Messages that were signed well and then broken, or signed in a wrong way, each with the cause that somebody would have to be told.

import { changed } from './broken/changed.ts';
import { laidOutAnew } from './broken/layout.ts';
import { made } from './broken/made.ts';
import { rules, unknown } from './broken/rules.ts';
import { values } from './broken/values.ts';
import type { Broken } from './broken/ways.ts';

export const broken: readonly Broken[] = [
  ...laidOutAnew,
  ...changed,
  ...made,
  ...values,
  ...rules,
  ...unknown,
];
