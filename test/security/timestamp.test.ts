// The limits of time, to the millisecond, on a frozen clock: every limit is still inside.

import assert from 'node:assert/strict';
import { compose, signed, timestampOf, usual } from '../attacks/message.ts';
import { type Judge, openJudge } from './judge.ts';

const LIMITS = { observed: { lifetime: 1800, skew: 300 }, strict: { lifetime: 120, skew: 60 } } as const;

for (const profile of ['observed', 'strict'] as const) {
  const { lifetime, skew } = { lifetime: LIMITS[profile].lifetime * 1000, skew: LIMITS[profile].skew * 1000 };

  describe(`Timestamps under the profile ${profile}`, () => {
    const now = Date.UTC(2026, 5, 1, 12);
    let judge: Judge;
    before(async () => {
      judge = await openJudge(now);
    });

    const verdict = (timestamp: string, at = now): string => {
      const client = judge.pki.clients.get('digipost');
      assert.ok(client);
      const message = compose({
        ...usual(client, '<x/>', now),
        timestamp,
        references: [signed('TS'), signed('Body')],
      });
      const judged = judge.verdict(message, at, profile);
      return judged.accepted ? 'accepted' : judged.problem;
    };
    const limit = (
      name: string,
      problem: string,
      make: (beyond: number) => [timestamp: string, at?: number],
    ): void => {
      it(`takes ${name}, and not a millisecond more`, () => {
        assert.equal(verdict(...make(0)), 'accepted');
        assert.equal(verdict(...make(1)), `security.${problem}`);
      });
    };

    limit('the longest lifetime', 'timestamp-lifetime', (beyond) => [
      timestampOf(now, now + lifetime + beyond),
    ]);
    limit('the farthest future', 'timestamp-future', (beyond) => [
      timestampOf(now + skew + beyond, now + skew + 60_000),
    ]);
    limit('the last moment of Expires and skew', 'timestamp-expired', (beyond) => [
      timestampOf(now, now + 60_000),
      now + 60_000 + skew + beyond,
    ]);
    limit('the last moment of the longest lifetime', 'timestamp-expired', (beyond) => [
      timestampOf(now, now + lifetime),
      now + lifetime + skew + beyond,
    ]);
    it('takes the shortest lifetime, a millisecond', () => {
      assert.equal(verdict(timestampOf(now, now + 1)), 'accepted');
      assert.equal(verdict(timestampOf(now, now)), 'security.timestamp-form');
    });
    it('cuts off what is finer than milliseconds', () => {
      const fine = new Date(now + skew).toISOString().replace('Z', '9999Z');
      assert.equal(verdict(timestampOf(fine, now + skew + 60_000)), 'accepted');
    });
    if (profile === 'observed') {
      limit('no Expires, as long as the longest lifetime', 'timestamp-expired', (beyond) => [
        timestampOf(now),
        now + lifetime + skew + beyond,
      ]);
    } else {
      it('wants Expires', () => assert.equal(verdict(timestampOf(now)), 'security.timestamp-form'));
    }
  });
}
