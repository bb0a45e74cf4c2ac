// The security layer by itself, on one thread and without HTTP: verify, sign and encrypt, profile by profile.

import { isProblem } from '../../src/kernel/problem.ts';
import { openPki } from '../../src/pki/pki.ts';
import { encryption } from '../../src/security/algorithms.ts';
import { takeApart } from '../../src/security/anatomy.ts';
import { createAnswerSigner } from '../../src/security/answers/sign.ts';
import type { AnswerProtection, Profile } from '../../src/security/profiles/profile.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { createSignerCache } from '../../src/security/signer.ts';
import { readPem } from '../../src/security/trust/certificate.ts';
import { knownCertificates } from '../../src/security/trust/known-certificates.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { verifyMessage } from '../../src/security/verify.ts';
import { readMessage } from '../../src/soap/read.ts';
import { SOAP_1_1 } from '../../src/soap/version.ts';
import { element } from '../../src/xml/writer.ts';

const ROUNDS = 1500;
const messages = { prefix: 'm', uri: 'http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1' };
const answer = element(
  messages,
  'OppdaterPostkasseRespons',
  [],
  element(messages, 'status', [], 'FEILET'),
  element(messages, 'beskrivelse', [], 'INGEN_POSTBOKS_FUNNET'),
);
const request = (index: number) =>
  element(
    messages,
    'OppdaterPostkasseForespoersel',
    [],
    element(messages, 'personidentifikator', [], '12838410985'),
    element(messages, 'postkasseleverandoerOrgNummer', [], '984661185'),
    element(messages, 'postkasseadresse', [], `bench.${index}#0000`),
  );

const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

const timed = async (rounds: number, once: (round: number) => unknown): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    await once(round);
    // The first fifth warms the compiler up.
    if (round >= rounds / 5) times.push(performance.now() - begun);
  }
  return median(times);
};

/** Prints a line for each profile: medians in milliseconds. `say` gets label and text. */
export const measureSecurity = async (say: (label: string, text: string) => void): Promise<void> => {
  const now = Date.now();
  const pki = await openPki(undefined, new Date(now));
  const client = pki.clients.get('digipost');
  const [certificate] = readPem(client?.certificatePem ?? '');
  if (!client || !certificate) throw new Error('no client digipost');
  const trust = createTrustStore([pki.trustPem], pki.crls);
  const known = knownCertificates([client.certificatePem]);
  const server = createAnswerSigner(pki.server.certificatePem, pki.server.keyPem);
  const caller = createAnswerSigner(client.certificatePem, client.keyPem);

  const verifying = async (profile: Profile): Promise<number> => {
    const form = { ...profile.answer, confirmation: false, encryption: undefined };
    const unanswered = { signatureValue: undefined, certificate: undefined };
    const bytes: Buffer[] = [];
    for (let index = 0; index < ROUNDS; index += 1)
      bytes.push(await caller.sign(request(index), SOAP_1_1, now, form, unanswered));
    const signers = createSignerCache(trust, known);
    return timed(ROUNDS, (round) => {
      const read = readMessage(bytes[round] ?? Buffer.alloc(0), { version: SOAP_1_1 });
      if (isProblem(read)) throw new Error(read.problem);
      using envelope = read;
      const verified = verifyMessage(takeApart(envelope, signers), profile, now);
      if (isProblem(verified)) throw new Error(`${verified.problem}: ${verified.explanation.found}`);
    });
  };

  const { content, keyTransport } = { content: encryption.aes256Gcm, keyTransport: encryption.rsaOaep };
  const gcm = { content, keyTransport, everywhere: true };
  const variants: [string, Profile, AnswerProtection['encryption']][] = [
    ['strict', profiles.strict, profiles.strict.answer.encryption],
    ['observed', profiles.observed, profiles.observed.answer.encryption],
    ['observed, aes256-gcm', profiles.observed, gcm],
    ['14-05', profiles['14-05'], profiles['14-05'].answer.encryption],
  ];
  const confirmed = { signatureValue: Buffer.alloc(256, 7), certificate };
  for (const [name, profile, cipher] of variants) {
    const verify = await verifying(profile);
    const plain = { ...profile.answer, encryption: undefined };
    // Turn by turn, so that both see the same machine.
    const both = { plain: [] as number[], encrypted: [] as number[] };
    for (let round = 0; round < 5; round += 1) {
      both.plain.push(await timed(200, () => server.sign(answer, SOAP_1_1, now, plain, confirmed)));
      const protection = { ...profile.answer, encryption: cipher };
      both.encrypted.push(await timed(200, () => server.sign(answer, SOAP_1_1, now, protection, confirmed)));
    }
    const [signed, encrypted] = [median(both.plain), median(both.encrypted)];
    say(
      `profile ${name}`,
      `verify ${verify.toFixed(3)} ms  sign ${signed.toFixed(3)} ms  sign and encrypt ${encrypted.toFixed(3)} ms (+${(encrypted - signed).toFixed(3)})`,
    );
  }
};
