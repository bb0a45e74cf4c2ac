// A signature counts once: the key that it is remembered by, and what a second one of the same key is told.

import { hash, type KeyObject } from 'node:crypto';
import type { Problem } from '../kernel/problem.ts';
import { type SecurityProblem, securityProblem } from './problems.ts';

/** What has to be remembered of an accepted message, so that it is not accepted twice. */
export interface Once {
  /** 16 octets. */
  readonly key: Buffer;
  /** In milliseconds since 1970: later than this the message is too old anyway. */
  readonly until: number;
}

/** In octets: half a SHA-256, still far more than anybody can find two of. */
const KEY_LENGTH = 16;

/** Writing a key out takes longer than all else here; signers are remembered, and their keys with them. */
const written = new WeakMap<KeyObject, Buffer>();

const octetsOf = (publicKey: KeyObject): Buffer => {
  const octets = written.get(publicKey) ?? publicKey.export({ type: 'spki', format: 'der' });
  written.set(publicKey, octets);
  return octets;
};

/**
 * The key of a signature.
 *
 * The signer's key counts, not its certificate: a message can be made to name another certificate of the same key, and one that
 * an authority signed with ECDSA can be given a second form by anybody, since (r, n−s) verifies where (r, s) does.
 *
 * @param value the decoded SignatureValue, so that the same signature folded differently is the same signature
 */
export const onceKey = (publicKey: KeyObject, value: Buffer): Buffer =>
  hash('sha256', Buffer.concat([octetsOf(publicKey), value]), 'buffer').subarray(0, KEY_LENGTH);

/** The refusal of a signature that was seen before. */
export const replayed = (until: number): Problem<SecurityProblem> =>
  securityProblem('security.replay', {
    check: 'replay',
    expected: 'a signature that was not seen before',
    found: `the same SignatureValue by the same key; it is remembered until ${new Date(until).toISOString()}`,
    rule: 'WSS 1.1 §13.2; contract: replay is refused',
    remedy: 'sign each message anew; a retry needs a new Timestamp (or run with --replay off)',
    basis: 'assumed',
  });
