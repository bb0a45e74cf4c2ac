// kontakt sign: an envelope in a file, signed as a client signs it.

import { type SigningOptions, signingOf } from '../../client/calls/signing.ts';
import type { CallMaterial } from '../../client/material.ts';
import { signEnvelope } from '../../client/sign.ts';
import { createClock } from '../../kernel/clock.ts';
import { printOctets } from '../print.ts';
import { readInput } from './input.ts';

/** Signs an envelope and prints it. */
export const sign = (file: string, client: CallMaterial['client'], options: SigningOptions): void =>
  printOctets(signEnvelope(readInput(file), client, signingOf(options), createClock().real()));
