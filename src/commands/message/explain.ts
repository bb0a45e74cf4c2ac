// kontakt explain: why a message in a file is refused, with what proves it.

import { createPublicKey, X509Certificate } from 'node:crypto';
import { findPki } from '../../client/material.ts';
import { askEmulator } from '../../client/remote.ts';
import { identityOf } from '../../emulator/contracts.ts';
import { explainMessage } from '../../explain/explain.ts';
import type { Explained } from '../../explain/explained.ts';
import { questionOf } from '../../explain/opinion/opinion.ts';
import { askXmlCrypto } from '../../explain/opinion/xml-crypto.ts';
import { noMessage } from '../../explain/refusal.ts';
import { toTheEnd } from '../../explain/search.ts';
import type { KnownKey } from '../../explain/signed/search.ts';
import { isProblem } from '../../kernel/problem.ts';
import { UserError } from '../../kernel/user-error.ts';
import { octetsIn, reportMessage } from '../../security/report.ts';
import { readMessage } from '../../soap/read.ts';
import { print, printJson } from '../print.ts';
import { linesOf } from './explained-lines.ts';
import { readInput } from './input.ts';
import { apart, identitiesIn, type Judging, type JudgingOptions, judgingOf } from './judging.ts';
import { writeOctets } from './octets.ts';

/** The keys that the test PKI of a folder has; none where there is no such folder. */
export const keysIn = (folder: string): KnownKey[] =>
  identitiesIn(findPki(folder)).map(({ name, certificatePem }) => ({
    owner: name,
    key: createPublicKey(new X509Certificate(certificatePem).toString()),
  }));

/** Explains a message as the emulator would judge it; bytes that are no message are explained too. */
export const explainBytes = (
  bytes: Buffer,
  judging: Judging,
  known: readonly KnownKey[],
  octets?: string,
): Explained => {
  const { profile, now } = judging;
  const message = readMessage(bytes);
  if (isProblem(message)) return noMessage(message, profile.name);
  using envelope = message;
  return apart(envelope, judging, (anatomy) => {
    if (octets !== undefined) writeOctets(octets, octetsIn(reportMessage(anatomy, profile, now)));
    const question = questionOf(anatomy, bytes, profile, now);
    const opinion = 'says' in question ? question : askXmlCrypto(question);
    const explaining = { profile, now, message: bytes, known, opinion, readHolder: identityOf };
    return toTheEnd(explainMessage(anatomy, explaining));
  });
};

const newest = async (url: string): Promise<number> => {
  const { entries } = (await askEmulator(url, 'GET', '/journal?limit=1')) as {
    entries: { readonly number: number }[];
  };
  const [entry] = entries;
  if (!entry) throw new UserError('the journal has no exchange');
  return entry.number;
};

/** Prints what is known; false when the message was or would be refused. */
const tell = (explained: Explained, json: boolean | undefined): boolean => {
  if (json) printJson(explained);
  else print(linesOf(explained));
  return explained.verdict === 'accepted';
};

/** Explains a message of a file, request or answer; false when it would be refused. */
export const explain = (file: string, options: JudgingOptions): boolean =>
  tell(
    explainBytes(readInput(file), judgingOf(options), keysIn(options.folder), options.octets),
    options.json,
  );

/** Explains an exchange of a running emulator; false when it was refused. */
export const explainExchange = async (
  url: string,
  which: string,
  json: boolean | undefined,
): Promise<boolean> => {
  const id = which === 'last' ? await newest(url) : which;
  return tell((await askEmulator(url, 'GET', `/journal/${id}/explanation`)) as Explained, json);
};
