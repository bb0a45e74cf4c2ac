// Makes the messages: every stack and every rewriter is started once for each round, with all that it has to do.

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { type Stack, stacks, WSS4J } from '../stacks.ts';
import type { Stage } from '../stage.ts';
import { run } from '../tool.ts';
import { type Case, envelopeOf } from './case.ts';
import { type RewriterName, rewriters } from './rewriters.ts';
import { type Identity, type SignerName, signers, withAnotherKey } from './signers.ts';

/** What the cases need of this machine, each once. */
export const neededBy = (cases: readonly Case[]): Stack[] => [
  ...new Set(
    cases.flatMap(({ signer, steps }): readonly Stack[] => [
      ...signers[signer].needs,
      ...steps.flatMap((step) => ('by' in step ? rewriters[step.by].needs : [])),
    ]),
  ),
];

const identityFor = (stage: Stage, key: Case['key']): Identity => {
  const own = { key: stage.files.key, certificate: stage.files.certificate };
  if (key === 'another') return withAnotherKey(stage, own);
  if (key === undefined) return own;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...own, key: stage.write('unknown.key', privateKey.export({ type: 'pkcs8', format: 'pem' })) };
};

/** @returns the members by what a key function says of them */
const grouped = <Member, Key>(
  members: readonly Member[],
  keyOf: (member: Member) => Key,
): Map<Key, Member[]> => {
  const groups = new Map<Key, Member[]>();
  for (const member of members) groups.set(keyOf(member), [...(groups.get(keyOf(member)) ?? []), member]);
  return groups;
};

/** How often a message is signed until a value has a character of base64url that base64 has not: one in four has none. */
const MOST_TRIES = 12;
const URL_ALPHABET = /(?:Digest|Signature)Value>[^<]*[-_]/;

const signAll = async (stage: Stage, cases: readonly Case[]): Promise<Map<Case, Buffer>> => {
  const messages = new Map<Case, Buffer>();
  // Each is written once: they sign at the same time.
  const identities = new Map(
    ([undefined, 'another', 'unknown'] as const).map((key) => [key, identityFor(stage, key)]),
  );
  const groups = grouped(cases, ({ signer, key = '' }) => `${signer}/${key}`);
  const sign = async (group: readonly Case[]): Promise<void> => {
    const [{ signer, key }] = group as [Case];
    const worker = signers[signer as SignerName].worker(
      stage,
      identities.get(key) ?? identityFor(stage, key),
    );
    const tries = group.flatMap((one) =>
      Array<Case>(one.mistake.endsWith('-url') ? MOST_TRIES : 1).fill(one),
    );
    const made = await worker(
      tries.map((one) => ({ way: one.mistake, content: Buffer.from(envelopeOf(one)) })),
    );
    for (const [index, one] of tries.entries()) {
      const message = made[index] ?? Buffer.alloc(0);
      if (tries[index - 1] !== one || URL_ALPHABET.test(message.toString('latin1')))
        messages.set(one, message);
    }
  };
  await Promise.all([...groups.values()].map(sign));
  return messages;
};

/** One step of each case, by each rewriter in one go. */
const rewriteAll = async (stage: Stage, messages: Map<Case, Buffer>, round: number): Promise<boolean> => {
  const waiting = [...messages.keys()].filter(({ steps }) => steps.length > round);
  const groups = grouped(waiting, ({ steps }) => {
    const step = steps[round];
    return step && 'by' in step ? step.by : undefined;
  });
  for (const one of groups.get(undefined) ?? []) {
    const step = one.steps[round];
    if (step && 'edit' in step)
      messages.set(one, Buffer.from(step.edit((messages.get(one) ?? Buffer.alloc(0)).toString('utf8'))));
  }
  groups.delete(undefined);
  const rewrite = async ([name, group]: [RewriterName | undefined, Case[]]): Promise<void> => {
    const worker = rewriters[name as RewriterName].worker(stage, identityFor(stage, undefined));
    const jobs = group.map((one) => {
      const step = one.steps[round];
      return { way: step && 'way' in step ? step.way : '', content: messages.get(one) ?? Buffer.alloc(0) };
    });
    const made = await worker(jobs);
    for (const [index, one] of group.entries()) messages.set(one, made[index] ?? Buffer.alloc(0));
  };
  await Promise.all([...groups].map(rewrite));
  return waiting.length > 0;
};

/** A message as it was signed, and as it arrives. */
export interface Made {
  readonly signed: Buffer;
  readonly arrived: Buffer;
}

/** Makes all messages of the cases. */
export const makeAll = async (stage: Stage, cases: readonly Case[]): Promise<ReadonlyMap<Case, Made>> => {
  if (neededBy(cases).includes(stacks.wss4j)) {
    const source = join(import.meta.dirname, 'java', 'Sign.java');
    const { ok, said } = await run('javac', [
      '-encoding',
      'UTF-8',
      '-cp',
      WSS4J,
      '-d',
      stage.directory,
      source,
    ]);
    assert.ok(ok, said);
  }
  const signed = await signAll(stage, cases);
  const arrived = new Map(signed);
  for (let round = 0; await rewriteAll(stage, arrived, round); ) round += 1;
  const at = (messages: ReadonlyMap<Case, Buffer>, one: Case) => messages.get(one) ?? Buffer.alloc(0);
  return new Map(cases.map((one) => [one, { signed: at(signed, one), arrived: at(arrived, one) }]));
};
