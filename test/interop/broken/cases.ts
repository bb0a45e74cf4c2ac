import type { Case } from './case.ts';
import { accepted } from './cases/accepted.ts';
import { made } from './cases/made.ts';
import { rest } from './cases/rest.ts';
import { rewritten } from './cases/rewritten.ts';
import { signed } from './cases/signed.ts';

export const cases: readonly Case[] = [...rewritten, ...made, ...signed, ...rest, ...accepted];
