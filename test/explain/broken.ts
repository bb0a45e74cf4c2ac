// Messages that were signed well and then broken, or signed in a wrong way, each with the cause that somebody would have to be told.

import { bytes } from './broken/bytes.ts';
import { certificates } from './broken/certificates.ts';
import { changed } from './broken/changed.ts';
import { danish } from './broken/danish.ts';
import { envelopes } from './broken/envelopes.ts';
import { laidOutAnew } from './broken/layout.ts';
import { lookups } from './broken/lookup.ts';
import { made } from './broken/made.ts';
import { parts } from './broken/parts.ts';
import { rules, unknown } from './broken/rules.ts';
import { schema } from './broken/schema.ts';
import { times } from './broken/times.ts';
import { tokens } from './broken/tokens.ts';
import { values } from './broken/values.ts';
import type { Broken } from './broken/ways.ts';

export const broken: readonly Broken[] = [
  ...laidOutAnew,
  ...changed,
  ...made,
  ...values,
  ...rules,
  ...bytes,
  ...envelopes,
  ...parts,
  ...tokens,
  ...times,
  ...certificates,
  ...schema,
  ...danish,
  ...lookups,
  ...unknown,
];
