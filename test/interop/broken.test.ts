// Messages that other stacks signed and other tools changed are explained by what was done to them.

import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { explainBytes } from '../../src/commands/message/explain.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { createSignerCache } from '../../src/security/signer.ts';
import { knownCertificates } from '../../src/security/trust/known-certificates.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { type Case, nameOf } from './broken/case.ts';
import { cases } from './broken/cases.ts';
import { makeAll, neededBy } from './broken/making.ts';
import {
  namedAtAll,
  namedFirst,
  type Outcome,
  share,
  suffered,
  tableOf,
  untold,
  wrong,
} from './broken/table.ts';
import { describeWith } from './stacks.ts';
import { type Stage, staged } from './stage.ts';

const explainerOf = ({ emulator: { pki } }: Stage): ((message: Buffer) => Pick<Outcome, 'causes'>) => {
  const own = [...pki.clients.values()].map(({ certificatePem }) => certificatePem);
  const signers = createSignerCache(createTrustStore([pki.trustPem], pki.crls), knownCertificates(own));
  const known = [...pki.clients].map(([owner, { certificatePem }]) => ({
    owner,
    key: createPublicKey(certificatePem),
  }));
  const judging = { profile: profiles.observed, signers, now: Date.now(), key: undefined };
  return (message) => explainBytes(message, judging, known);
};

const told = ({ causes }: Outcome): string =>
  causes.map(({ cause, certain }) => (certain ? cause : `${cause} (likely)`)).join(', ') || 'nothing';
const listed = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map(
    (outcome) => `${nameOf(outcome.one)}: ${outcome.one.cause ?? 'accepted'}, told ${told(outcome)}`,
  );

describeWith(neededBy(cases), 'messages that other stacks signed, broken by other tools', () => {
  const stage = staged();
  let outcomes: readonly Outcome[];
  const broken = (): Outcome[] => outcomes.filter(({ one }) => one.cause !== undefined);

  before(async function () {
    this.timeout(120_000);
    const messages = await makeAll(stage(), cases);
    const explain = explainerOf(stage());
    outcomes = [...messages].map(([one, made]) => ({
      one,
      suffered: suffered(made),
      ...explain(made.arrived),
    }));
    console.log(tableOf(outcomes));
  });

  it('are 150 at least, by six stacks', () => {
    assert.ok(broken().length >= 150, String(broken().length));
    assert.equal(new Set(cases.map(({ signer }: Case) => signer)).size, 6);
  });

  it('nothing is told for certain that was not done', () => {
    assert.deepEqual(listed(outcomes.filter((outcome) => wrong(outcome).length > 0)), []);
  });

  it('what can be proved is named first, of 97 in 100 at least', () => {
    const provable = broken().filter(({ one }) => one.provable);
    assert.ok(
      share(provable, namedFirst) >= 0.97,
      listed(provable.filter((outcome) => !namedFirst(outcome))).join('\n'),
    );
  });

  it('what was done besides is told too, of 97 in 100 at least', () => {
    const provable = broken().filter(({ one }) => one.provable);
    const missing = provable.filter((outcome) => untold(outcome).length > 0);
    assert.ok(missing.length <= provable.length * 0.03, listed(missing).join('\n'));
  });

  // Whether a value was changed or an element removed no message says: what lacks an element that it must have is told as that.
  it('what cannot be proved is named as likely, first of 85 in 100 at least', () => {
    const rest = broken().filter(({ one }) => !one.provable);
    const missing = rest.filter((outcome) => !namedFirst(outcome));
    assert.ok(share(rest, namedFirst) >= 0.85, listed(missing).join('\n'));
    assert.ok(share(rest, namedAtAll) >= 0.95, listed(missing).join('\n'));
  });

  it('what does no harm is accepted', () => {
    const harmless = outcomes.filter(({ one }) => one.cause === undefined);
    assert.deepEqual(listed(harmless.filter(({ causes }) => causes.length > 0)), []);
  });
});
