// Judges every message of the attack suite twice, by the running server and as `kontakt verify` does, and prints both as JSON.
//
// In a process of its own: the families are declared here without being run.

import { explainBytes } from '../../src/commands/message/explain.ts';
import { judgeMessage } from '../../src/commands/message/verify.ts';
import type { JournalEntry } from '../../src/journal/entry.ts';
import { type Explanation, isProblem } from '../../src/kernel/problem.ts';
import { UserError } from '../../src/kernel/user-error.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { createSignerCache, type SignerCache } from '../../src/security/signer.ts';
import { knownCertificates } from '../../src/security/trust/known-certificates.ts';
import { readKnown, readLists, readTrust } from '../../src/security/trust/material.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { assertDocument } from '../explain/shape.ts';
import type { Arena, HttpRequest } from './arena.ts';
import { question } from './arena.ts';
import { declareAll } from './declare.ts';
import type { Judged, Outcome } from './judged.ts';
import { variants } from './variants.ts';

const declared = await declareAll();
// Only now: it registers what mocha would run.
const { arenaOfAll, material } = await import('./family.ts');
type ProfileName = (typeof declared)[number]['profile'];

const HOUR = 3_600_000;

/** As the journal keeps texts: what is longer is cut. */
const cut = (text: string): string => (text.length > 600 ? `${text.slice(0, 600)}…` : text);
const clipped = ({ check, expected, found, ...rest }: Explanation): Explanation => ({
  check: cut(check),
  expected: cut(expected),
  found: cut(found),
  ...rest,
});

/** What the server says; undefined: it refused the message for something that is not looked at in a file. */
const serverSays = ({ problem, explanation, organisation }: JournalEntry): Outcome | undefined => {
  // What comes after the signature, and that it was seen before, is nothing of the message's own.
  if (problem === undefined || /^(?:schema|register)\.|^security\.replay$/.test(problem))
    return { organisation };
  if (problem.startsWith('security.') && explanation) return { problem, explanation };
  return problem.startsWith('xml.') && explanation ? { unreadable: explanation.found } : undefined;
};

const opinions = new WeakMap<Buffer, Judged['opinion']>();

const fileSays = (bytes: Buffer, profile: string, signers: SignerCache, now: number): Outcome => {
  const judging = { profile: profiles[profile as ProfileName], signers, now, key: undefined };
  try {
    const { verdict } = judgeMessage(bytes, judging);
    // Whatever the message is, it is explained, and as the refusal that it is.
    const explained = explainBytes(bytes, judging, []);
    assertDocument(explained);
    opinions.set(bytes, explained.secondOpinion);
    const problem = isProblem(verdict) ? verdict.problem : null;
    // It is explained the whole way: what SOAP refuses comes before security, what the schema refuses after it.
    const beside = problem === null ? /^(?:soap|schema)\./ : /^soap\./;
    const same = explained.problem === problem || beside.test(explained.problem ?? '');
    if (!same || (problem !== null && explained.causes.length === 0))
      throw new Error(`${problem ?? 'accepted'} is explained as ${JSON.stringify(explained)}`);
    return isProblem(verdict)
      ? { problem: verdict.problem, explanation: clipped(verdict.explanation) }
      : { organisation: verdict.signer?.organisation };
  } catch (error) {
    if (error instanceof UserError) return { unreadable: cut(error.message.replace(/^no message: /, '')) };
    throw error;
  }
};

const signersOf = ({ emulator: { pki } }: Arena): SignerCache => {
  const { trust, crls, knownCertificates: known } = material();
  const anchors = [pki.trustPem, ...readTrust(trust)];
  const own = [...pki.clients.values()].map(({ certificatePem }) => certificatePem);
  return createSignerCache(
    createTrustStore(anchors, [...pki.crls, ...readLists(crls, anchors)]),
    knownCertificates([...own, ...readKnown(known)]),
  );
};

const signers = new Map<ProfileName, SignerCache>();
const judge = async (
  name: string,
  profile: ProfileName,
  make: (arena: Arena) => HttpRequest | string | Buffer | Promise<HttpRequest | string | Buffer>,
): Promise<Judged | undefined> => {
  const arena = await arenaOfAll(profile);
  const { clock, journal } = arena.emulator;
  const known = signers.get(profile) ?? signersOf(arena);
  signers.set(profile, known);
  clock.set('security', { kind: 'real' });
  const request = await make(arena);
  // Both at the same moment, which some explanations name.
  const now = arena.now();
  clock.set('security', { kind: 'frozen', at: now });
  const { headers } = await arena.post(request);
  const entry = journal.find(headers.get('kontakt-journal') ?? '');
  const server = entry && serverSays(entry);
  if (!server) return undefined;
  // What HTTP names as the charset is not known of a file.
  const charset = typeof request !== 'string' && !Buffer.isBuffer(request) && request.headers !== undefined;
  if ('unreadable' in server && charset) return undefined;
  const { body } = entry.request;
  const file = fileSays(body, profile, known, now);
  const opinion = opinions.get(body);
  return {
    name,
    server,
    file,
    later: fileSays(body, profile, known, now + HOUR),
    opinion,
  };
};

const judged: (Judged | undefined)[] = [];
for (const { name, profile, make } of declared) judged.push(await judge(name, profile, make));
for (const { name, make } of variants)
  judged.push(
    await judge(name, 'observed', (arena) =>
      make((knobs) => arena.message({ payload: question, ...knobs }), arena),
    ),
  );
process.stdout.write(JSON.stringify(judged.filter((one) => one !== undefined)), () => process.exit(0));
