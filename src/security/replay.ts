// Step 9: a signature counts once. Bounded in number and in time.

import { hash, type KeyObject } from 'node:crypto';
import type { Problem } from '../kernel/problem.ts';
import { type SecurityProblem, securityProblem } from './problems.ts';
import type { Signature } from './signature.ts';
import type { Signer } from './signer.ts';

const CAPACITY = 100_000;

export interface ReplayCache {
  /** Remembers a signature until `expiry` (milliseconds since 1970), or refuses it as seen before. */
  admit(
    signer: Signer,
    signature: Signature,
    now: number,
    expiry: number,
  ): Problem<SecurityProblem> | undefined;
  clear(): void;
}

/**
 * The key counts, not its certificate: a message can be made to name another certificate of the same key, and one that an
 * authority signed with ECDSA can be given a second form by anybody, since (r, n−s) verifies where (r, s) does.
 */
const octetsOf = (): ((key: KeyObject) => Buffer) => {
  // Writing a key out takes longer than all else here; signers are remembered, and their keys with them.
  const written = new WeakMap<KeyObject, Buffer>();
  return (key) => {
    const octets = written.get(key) ?? key.export({ type: 'spki', format: 'der' });
    written.set(key, octets);
    return octets;
  };
};

export const replayed = (before: number): Problem<SecurityProblem> =>
  securityProblem('security.replay', {
    check: 'replay',
    expected: 'a signature that was not seen before',
    found: `the same SignatureValue by the same key; it is remembered until ${new Date(before).toISOString()}`,
    rule: 'WSS 1.1 §13.2; contract: replay is refused',
    remedy: 'sign each message anew; a retry needs a new Timestamp (or run with --replay off)',
    basis: 'assumed',
  });

/** @param capacity how many signatures are remembered; beyond it the oldest is forgotten */
export const createReplayCache = (capacity = CAPACITY): ReplayCache => {
  // Insertion order is nearly the order of expiry, so that sweeping from the front stays short.
  const seen = new Map<string, number>();
  const octets = octetsOf();
  const sweep = (now: number): void => {
    for (const [key, expiry] of seen) {
      if (expiry >= now && seen.size < capacity) return;
      seen.delete(key);
    }
  };
  return {
    clear: () => seen.clear(),
    admit: (signer, signature, now, expiry) => {
      // The decoded value, so that the same signature folded differently is the same signature.
      const key = hash(
        'sha256',
        Buffer.concat([octets(signer.certificate.publicKey), signature.value]),
        'base64',
      );
      const before = seen.get(key);
      if (before !== undefined && before >= now) {
        return securityProblem('security.replay', {
          check: 'replay',
          expected: 'a signature that was not seen before',
          found: `the same SignatureValue by the same key; it is remembered until ${new Date(before).toISOString()}`,
          rule: 'WSS 1.1 §13.2; contract: replay is refused',
          remedy: 'sign each message anew; a retry needs a new Timestamp (or run with --replay off)',
          basis: 'assumed',
        });
      }
      sweep(now);
      seen.set(key, expiry);
      return undefined;
    },
  };
};
