// kontakt explain: why a message in a file is refused, with what proves it.

import { createPublicKey, X509Certificate } from 'node:crypto';
import { findPki } from '../../client/material.ts';
import { askBytes, askEmulator } from '../../client/remote.ts';
import { countries } from '../../countries.ts';
import { addresseesOf, contractServices, identityOf } from '../../emulator/contracts.ts';
import { encryptionCheck, isEncrypted, recipientOf, type Seen, seenIn } from '../../explain/answer/seen.ts';
import { documentOf } from '../../explain/document.ts';
import type { Explained } from '../../explain/explained.ts';
import { questionOf } from '../../explain/opinion/opinion.ts';
import { askXmlCrypto } from '../../explain/opinion/xml-crypto.ts';
import { isPortable, readPortable } from '../../explain/portable.ts';
import { toTheEnd } from '../../explain/search.ts';
import type { KnownKey } from '../../explain/signed/search.ts';
import type { Sent } from '../../explain/unread.ts';
import { type Addressees, explainOpened, openSent } from '../../explain/way.ts';
import { answerLimits } from '../../kernel/limits.ts';
import { isProblem } from '../../kernel/problem.ts';
import { UserError } from '../../kernel/user-error.ts';
import { type Anatomy, takeApart } from '../../security/anatomy.ts';
import { octetsIn, reportMessage, type SignedOctets } from '../../security/report.ts';
import { type Message, readMessage } from '../../soap/read.ts';
import { qnameOf } from '../../xml/tree.ts';
import { print, printJson } from '../print.ts';
import { linesOf } from './explained-lines.ts';
import { readInput } from './input.ts';
import { adviceFor, apart, identitiesIn, type Judging, type JudgingOptions, judgingOf } from './judging.ts';
import { writeOctets } from './octets.ts';
import { readSent, type SentOptions } from './sent/sent.ts';

/** The keys that the test PKI of a folder has; none where there is no such folder. */
export const keysIn = (folder: string): KnownKey[] =>
  identitiesIn(findPki(folder)).map(({ name, certificatePem }) => ({
    owner: name,
    key: createPublicKey(new X509Certificate(certificatePem).toString()),
  }));

const operations = contractServices.flatMap((service) => service.operations);

/** What is known of a message besides its bytes, and what it may be for. */
export interface Given extends Omit<Sent, 'message'> {
  readonly service?: string | undefined;
}

const addresseesFor = (service: string | undefined): Addressees => {
  const all = addresseesOf(countries);
  const chosen = all.find((one) => one.service.name === service);
  if (service === undefined || chosen) return { all, chosen };
  throw new UserError(
    `--service ${service}: there is no such service; there are ${all.map((one) => one.service.name).join(', ')}`,
  );
};

/** What an answer has to agree with; undefined: nobody named a request. */
const requestIn = (bytes: Buffer | undefined, { signers }: Judging): Seen['request'] => {
  if (!bytes) return undefined;
  const message = readMessage(bytes);
  if (isProblem(message)) throw new UserError(`--request: no message: ${message.explanation.found}`);
  using envelope = message;
  const signature = takeApart(envelope, signers).signature();
  return {
    signatureValue: isProblem(signature) ? undefined : signature.value,
    payload: qnameOf(envelope.payload),
  };
};

/** What can be said of an answer that cannot be decrypted; undefined: it can, or need not. */
const sealed = (envelope: Message, judging: Judging, seen: Seen): Explained | undefined => {
  const { key, profile, signers } = judging;
  if (key || !isEncrypted(envelope)) return undefined;
  const found = adviceFor(recipientOf(envelope, signers), judging);
  return documentOf({
    message: seen.kind,
    verdict: 'not judged',
    profile: profile.name,
    causes: [],
    checks: encryptionCheck(seen, null, found),
  });
};

/** What the octets and digests of a decrypted message are of. */
const readable = (anatomy: Anatomy, envelope: Message, bytes: Buffer): Buffer =>
  anatomy.envelope === envelope ? bytes : Buffer.from(anatomy.envelope.document.toString({ format: false }));

/**
 * Explains a message as the emulator would judge it; bytes that are no message are explained too.
 *
 * @param request the message that it answers
 * @throws UserError where it cannot be decrypted
 */
export const explainBytes = (
  bytes: Buffer,
  judging: Judging,
  known: readonly KnownKey[],
  octets?: string,
  request?: Buffer,
  { service, ...sent }: Given = { headers: {}, whole: false },
): Explained => {
  const { profile, now, signers, key, arrived = false, authorities = [] } = judging;
  const by = { profile, now, arrived, authorities };
  const addressees = addresseesFor(service);
  const opened = openSent({ ...sent, message: bytes }, by, addressees, key && answerLimits);
  if ('verdict' in opened) return opened;
  using envelope = opened.message;
  const seen = seenIn(envelope, operations, signers, requestIn(request, judging));
  const closed = sealed(envelope, judging, seen);
  if (closed) return closed;
  return apart(envelope, judging, (anatomy) => {
    if (octets !== undefined) writeOctets(octets, octetsIn(reportMessage(anatomy, profile, now)));
    const text = readable(anatomy, envelope, bytes);
    const question = questionOf(anatomy, text, profile, now);
    const opinion = 'says' in question ? question : askXmlCrypto(question);
    const explaining = { ...by, message: text, known, seen, opinion, readHolder: identityOf };
    return toTheEnd(explainOpened(anatomy, opened, explaining, addressees));
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

/** What was not judged, and of which nothing is wrong. */
const isUnspoiled = ({ verdict, checks }: Explained): boolean =>
  verdict === 'not judged' && checks.every(({ right }) => right !== false);

/** Prints what is known; false when the message was or would be refused. */
const tell = (explained: Explained, json: boolean | undefined): boolean => {
  if (json) printJson(explained);
  else print(linesOf(explained));
  return explained.verdict === 'accepted' || isUnspoiled(explained);
};

export interface ExplainOptions extends JudgingOptions, SentOptions {
  /** The service that the message is for, where the message does not tell. */
  readonly service: string | undefined;
}

/** What was refused by a revocation list. */
const isOfRevocation = ({ problem }: Explained): boolean =>
  problem === 'security.certificate-revoked' || problem === 'security.certificate-crl';

const LISTS_LEFT_OUT =
  'revocation lists are not in it: what they said then is told here; --crl <file> judges the message itself by a list of yours';

/** Tells the explanation that an exported exchange comes with. */
const tellExported = (file: string, bytes: Buffer, json: boolean | undefined): boolean => {
  const read = readPortable(bytes);
  if ('fault' in read)
    throw new UserError(`${file}: an exported exchange that cannot be read: ${read.fault}`);
  const { exchange, masked, explanation } = read;
  if (!json)
    print([
      `exchange ${exchange.number}, as it was explained where it was exported`,
      ...(masked
        ? ['the numbers of persons are hidden in it, so that its digests cannot be made again']
        : []),
      ...(isOfRevocation(explanation) ? [LISTS_LEFT_OUT] : []),
      '',
    ]);
  return tell(explanation, json);
};

/** Explains a message of a file, request or answer, or an exported exchange; false when it would be refused. */
export const explain = async (file: string, options: ExplainOptions): Promise<boolean> => {
  const bytes = readInput(file);
  if (isPortable(bytes)) return tellExported(file, bytes, options.json);
  const request = options.request === undefined ? undefined : readInput(options.request);
  const { message, ...sent } = await readSent(bytes, options);
  const given = { ...sent, service: options.service };
  const known = keysIn(options.folder);
  return tell(explainBytes(message, judgingOf(options), known, options.octets, request, given), options.json);
};

export interface ExchangeOptions {
  readonly json?: boolean | undefined;
  readonly unmasked?: boolean | undefined;
  readonly octets?: string | undefined;
}

/** Writes what the digests and the signature of an exchange's request count over: the very octets, with the numbers of persons. */
const writeOctetsOf = async (url: string, id: number | string, explained: Explained, folder: string) => {
  const { references, signature } = explained;
  const asked = [
    ...references.flatMap(({ octets, element, uri }, index) =>
      octets ? [{ reference: String(index + 1), of: element?.replace(/^.*\//, '') ?? uri }] : [],
    ),
    ...(signature?.octets ? [{ reference: 'SignedInfo', of: 'SignedInfo' }] : []),
  ];
  const written: SignedOctets[] = [];
  for (const { reference, of } of asked)
    written.push({
      of,
      octets: await askBytes(url, `/journal/${id}/octets?reference=${reference}&unmasked=true`),
    });
  writeOctets(folder, written);
};

/** Explains an exchange of a running emulator; false when it was refused. */
export const explainExchange = async (
  url: string,
  which: string,
  { json, unmasked, octets }: ExchangeOptions,
): Promise<boolean> => {
  const id = which === 'last' ? await newest(url) : which;
  const path = `/journal/${id}/explanation${unmasked ? '?unmasked=true' : ''}`;
  const explained = (await askEmulator(url, 'GET', path)) as Explained;
  if (octets !== undefined) await writeOctetsOf(url, id, explained, octets);
  return tell(explained, json);
};
