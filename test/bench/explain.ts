// How long it takes to say why a message is refused: node --import tsx test/bench/explain.ts
//
// Milliseconds of this processor at the median, by what was done to a message of about 6 KB; then the longest step between two
// places where a search can stop, for messages of 6 KB, 100 KB, 300 KB and 1 MB.

import { createPublicKey } from 'node:crypto';
import { identityOf } from '../../src/emulator/contracts.ts';
import { explainMessage } from '../../src/explain/explain.ts';
import { isProblem } from '../../src/kernel/problem.ts';
import { takeApart } from '../../src/security/anatomy.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { createSignerCache } from '../../src/security/signer.ts';
import { knownCertificates } from '../../src/security/trust/known-certificates.ts';
import { readLists, readTrust } from '../../src/security/trust/material.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { readMessage } from '../../src/soap/read.ts';
import { type Arena, openArena } from '../attacks/arena.ts';
import { lists, trusted } from '../attacks/authority.ts';
import { type Broken, edited, inBody, laidOut, withPayload } from '../explain/broken/ways.ts';
import { broken } from '../explain/broken.ts';

const RUNS = 15;
const STEP_RUNS = 7;
/** How long a step may keep the thread, in milliseconds. */
const LONG = 20;
const arena = await openArena({ profile: 'observed' });
const { pki } = arena.emulator;
const own = [...pki.clients.values()].map(({ certificatePem }) => certificatePem);
const anchors = [pki.trustPem, ...readTrust(trusted())];
const trust = createTrustStore(anchors, [...pki.crls, ...readLists(lists(), anchors)]);
const signers = createSignerCache(trust, knownCertificates(own));
const known = [...pki.clients].map(([owner, { certificatePem }]) => ({
  owner,
  key: createPublicKey(certificatePem),
}));

const searching = (bytes: Buffer, use: (steps: Generator<void, unknown>) => void): void => {
  const message = readMessage(bytes);
  // Of what is no message nothing is searched.
  if (isProblem(message)) return;
  using envelope = message;
  const explaining = {
    profile: profiles.observed,
    now: arena.now(),
    message: bytes,
    known,
    opinion: { says: 'cannot say', why: 'not asked here' },
    readHolder: identityOf,
  } as const;
  use(explainMessage(takeApart(envelope, signers), explaining));
};

/** Milliseconds of the processor. */
const cost = (bytes: Buffer): number => {
  const { user, system } = process.cpuUsage();
  searching(bytes, (steps) => {
    while (!steps.next().done);
  });
  const after = process.cpuUsage();
  return (after.user + after.system - user - system) / 1000;
};

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? 0;

/** A payload that brings a message to so many bytes, of many elements. */
const filled =
  (bytes: number, text = 'kari.testesen') =>
  ({ payload, message }: Arena): string => {
    const entry = `<m:entry nr="1"><m:name>${text}</m:name><m:since>2026-01-31T12:00:00Z</m:since></m:entry>`;
    const missing = Math.max(0, bytes - message().length);
    return payload.replace(
      '<m:postkasseadresse',
      `${entry.repeat(missing / entry.length)}<m:postkasseadresse`,
    );
  };
const enlarged = (bytes: number, edit: (text: string) => string): Broken['make'] =>
  withPayload(filled(bytes), edit);
const changedAlready = (text: string): string => text.replace('kari.testesen#1234', 'mari.testesen#1234');

const kinds: readonly (readonly [string, Broken['make']])[] = [
  ['laid out', enlarged(6000, laidOut('  '))],
  [
    'an attribute added',
    enlarged(
      6000,
      inBody((text) => text.replace('<m:entry', '<m:entry a="1"')),
    ),
  ],
  [
    'laid out, an attribute added',
    enlarged(6000, (text) => laidOut('  ')(text.replace('<m:entry', '<m:entry a="1"'))),
  ],
  ['nothing can be proved', enlarged(6000, changedAlready)],
  ['nothing can be proved, laid out', enlarged(6000, (text) => laidOut('  ')(changedAlready(text)))],
  ['as short as messages are, nothing can be proved', edited(changedAlready)],
];

const row = (name: string, numbers: readonly number[], what: string): void =>
  console.log(
    `${name.padEnd(50)} ${median(numbers).toFixed(0).padStart(5)} ms at the median, ${Math.max(...numbers)
      .toFixed(0)
      .padStart(5)} at most, ${what}`,
  );

for (const [name, make] of kinds) {
  const bytes = Buffer.from(make(arena));
  for (let warm = 0; warm < 3; warm += 1) cost(bytes);
  row(
    name,
    Array.from({ length: RUNS }, () => cost(bytes)),
    `${bytes.length} bytes`,
  );
}
const all = broken.map(({ make }) => Buffer.from(make(arena)));
row(
  'all messages of the suite',
  all.flatMap((bytes) => [cost(bytes), cost(bytes)]),
  `${all.length} messages`,
);

/** A message of few elements and long texts: more than 10000 elements no message may have. */
const long = (bytes: number): Broken['make'] =>
  withPayload(
    ({ payload }) =>
      payload.replace(
        '<m:postkasseadresse',
        `${`<m:text>${'bjørn '.repeat(14_000)}</m:text>`.repeat(bytes / 98_000)}<m:postkasseadresse`,
      ),
    changedAlready,
  );
/** Milliseconds of each step, the least of several runs: the steps are the same in each, and the machine does other things too. */
const stepsOf = (bytes: Buffer): readonly number[] => {
  let least: readonly number[] = [];
  for (let run = 0; run < STEP_RUNS; run += 1)
    searching(bytes, (steps) => {
      const lengths: number[] = [];
      for (let done: boolean | undefined = false; !done; ) {
        const before = process.cpuUsage();
        done = steps.next().done;
        const { user, system } = process.cpuUsage(before);
        lengths.push((user + system) / 1000);
      }
      least = lengths.map((length, place) => Math.min(length, least[place] ?? length));
    });
  return least;
};
for (const make of [
  enlarged(6_000, changedAlready),
  enlarged(100_000, changedAlready),
  enlarged(300_000, changedAlready),
  long(1_000_000),
]) {
  const bytes = Buffer.from(make(arena));
  const lengths = stepsOf(bytes);
  const sum = lengths.reduce((all, one) => all + one, 0);
  const over = lengths.filter((one) => one > LONG).length;
  console.log(
    `${bytes.length} bytes: ${lengths.length} steps, the longest ${Math.max(...lengths).toFixed(1)} ms, ${over} over ${LONG} ms, ${sum.toFixed(0)} ms in all`,
  );
}
await arena.emulator.close();
