// What comes back is explained as its receiver has to check it: ours, altered, sealed, of somebody else, and faults.

import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { explainBytes } from '../../src/commands/message/explain.ts';
import type { Explained } from '../../src/explain/explained.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { createSignerCache } from '../../src/security/signer.ts';
import { knownCertificates } from '../../src/security/trust/known-certificates.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { type Arena, openArena, question } from '../attacks/arena.ts';
import type { Options } from '../starting.ts';
import { assertDocument } from './shape.ts';

const PAIRS: Options = { profile: 'observed' };

describe('an answer is explained:', () => {
  let arena: Arena;
  let sealing: Arena;
  before(async () => {
    arena = await openArena(PAIRS);
    sealing = await openArena({ ...PAIRS, answerEncryption: 'aes256-gcm' });
  });
  after(async () => {
    await arena.emulator.close();
    await sealing.emulator.close();
  });

  interface Asked {
    readonly at?: Arena;
    /** Whether neither the authorities nor the certificates of the test PKI are known. */
    readonly strange?: boolean;
    readonly request?: string;
    readonly as?: string;
  }
  const explained = (answer: string, { at = arena, strange = false, request, as }: Asked = {}): Explained => {
    const { pki } = at.emulator;
    const own = [pki.server, ...pki.clients.values()].map(({ certificatePem }) => certificatePem);
    const trust = strange ? createTrustStore([], []) : createTrustStore([pki.trustPem], pki.crls);
    const signers = createSignerCache(trust, knownCertificates(strange ? [] : own));
    const keys = [['server', pki.server] as const, ...pki.clients].map(([owner, { certificatePem }]) => ({
      owner,
      key: createPublicKey(certificatePem),
    }));
    const key = as === undefined ? undefined : { client: as, key: createPrivateKey(at.client(as).keyPem) };
    const document = explainBytes(
      Buffer.from(answer),
      { profile: profiles.observed, signers, now: at.now(), key },
      strange ? [] : keys,
      undefined,
      request === undefined ? undefined : Buffer.from(request),
    );
    assertDocument(document);
    return document;
  };
  const rightsOf = ({ checks }: Explained): Record<string, boolean | null> =>
    Object.fromEntries(checks.map(({ check, right }) => [check, right]));
  const foundOf = ({ checks }: Explained, name: string): string =>
    checks.find(({ check }) => check === name)?.found ?? assert.fail(`no check ${name}`);
  /** A request with its answer. */
  const exchanged = async (at: Arena = arena) => {
    const request = at.message({ payload: question });
    const { status, text } = await at.post(request);
    assert.equal(status, 200, text);
    return { request, answer: text };
  };

  it('a signed one, with its request: everything that a client checks is right', async () => {
    const { request, answer } = await exchanged();
    const found = explained(answer, { request });
    assert.deepEqual([found.message, found.verdict, found.causes], ['answer', 'accepted', []]);
    assert.deepEqual(rightsOf(found), {
      signature: true,
      'signed parts': true,
      certificate: true,
      signer: true,
      Timestamp: true,
      SignatureConfirmation: true,
      operation: true,
    });
    assert.equal(foundOf(found, 'signed parts'), 'signed: Timestamp, Body, SignatureConfirmation');
    assert.match(foundOf(found, 'certificate'), /^leads to .*Root CA/);
    assert.equal(found.secondOpinion['xml-crypto'], 'valid', found.secondOpinion.why);
  });

  it('without its request: what it confirms is shown, and how to compare it', async () => {
    const { request, answer } = await exchanged();
    const found = explained(answer);
    assert.equal(rightsOf(found).SignatureConfirmation, null);
    const value = /<ds:SignatureValue>([^<]+)/.exec(request)?.[1] ?? '';
    assert.ok(foundOf(found, 'SignatureConfirmation').startsWith(`${value}; --request`));
  });

  it('one that belongs to another request', async () => {
    const [{ answer }, other] = [await exchanged(), await exchanged()];
    const found = explained(answer, { request: other.request });
    assert.equal(rightsOf(found).SignatureConfirmation, false);
    assert.match(foundOf(found, 'SignatureConfirmation'), /answers another request/);
    const opening = explained(answer, { request: arena.message() });
    assert.equal(rightsOf(opening).operation, false);
    assert.match(foundOf(opening, 'operation'), /KanVelge.*, not .*OpprettPostkasseRespons/);
  });

  it('one that was changed: the cause is searched as of a request', async () => {
    const { answer } = await exchanged();
    const found = explained(answer.replace('>JA<', '>JA <'));
    assert.deepEqual([found.message, found.verdict, found.problem], ['answer', 'refused', 'security.digest']);
    assert.equal(found.causes[0]?.cause, 'text-changed');
    assert.deepEqual([rightsOf(found).signature, rightsOf(found).certificate], [false, true]);
    assert.equal(foundOf(found, 'signature'), 'wrong digest: #Body');
  });

  it('one of a service whose authority is not trusted here', async () => {
    const { answer } = await exchanged();
    const found = explained(answer, { strange: true });
    assert.deepEqual([found.verdict, found.problem], ['refused', 'security.certificate-untrusted']);
    assert.deepEqual(
      [rightsOf(found).signature, rightsOf(found).certificate, rightsOf(found).signer],
      [true, false, null],
    );
    assert.match(foundOf(found, 'signer'), /see that this is the service/);
    assert.notEqual(found.certificate?.missing, null);
  });

  it('one that a client signed', async () => {
    const { request } = await exchanged();
    const payload = question.replaceAll('Forespoersel', 'Respons');
    const found = explained(arena.message({ payload }), { request });
    assert.deepEqual([found.message, rightsOf(found).signer], ['answer', false]);
    assert.match(foundOf(found, 'signer'), /the client digipost/);
  });

  it('an encrypted one: for whom, and what it is once it is decrypted', async () => {
    const { request, answer } = await exchanged(sealing);
    const closed = explained(answer, { at: sealing });
    assert.deepEqual([closed.message, closed.verdict, closed.problem], ['answer', 'not judged', null]);
    assert.deepEqual(rightsOf(closed), { encryption: null });
    assert.match(
      foundOf(closed, 'encryption'),
      /^encrypted for .*984661185 \(number \d+ of .*the client with --as/,
    );
    const open = explained(answer, { at: sealing, as: 'digipost', request });
    assert.equal(open.verdict, 'accepted');
    assert.deepEqual(
      Object.entries(rightsOf(open)).filter(([, right]) => right !== true),
      [],
    );
    assert.match(open.references[1]?.octets?.text ?? '', />JA</);
    assert.equal(open.secondOpinion['xml-crypto'], 'valid', open.secondOpinion.why);
    assert.throws(
      () => explained(answer, { at: sealing, as: 'eboks' }),
      /cannot be decrypted with the key of eboks: .*; it is encrypted for .*984661185 \(.*--as/,
    );
  });

  it('one without a signature is not judged, and says what that means', () => {
    const payload = question.replaceAll('Forespoersel', 'Respons');
    const bare = arena.message({ payload }).replace(/<soap:Header>.*<\/soap:Header>/s, '');
    const found = explained(bare);
    assert.deepEqual([found.message, found.verdict, found.causes], ['answer', 'not judged', []]);
    assert.deepEqual(rightsOf(found), { signature: null });
  });

  it('a fault: its code, reason and detail in words, and that none is signed', async () => {
    const { text } = await arena.post(arena.message({ signer: arena.client('utloept') }));
    const found = explained(text);
    assert.deepEqual([found.message, found.verdict, found.causes], ['fault', 'not judged', []]);
    assert.match(foundOf(found, 'fault'), /^code \S+; reason: .+; (?:no detail|detail: )/);
    assert.match(foundOf(found, 'signature'), /faults are not signed/);
  });

  it('a fault of SOAP 1.2 of any service', () => {
    const found = explained(
      '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><e:Fault><e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value>x:Late</e:Value></e:Subcode></e:Code><e:Reason><e:Text xml:lang="en">too\n late</e:Text></e:Reason><e:Detail><x:why xmlns:x="urn:x">clock</x:why></e:Detail></e:Fault></e:Body></e:Envelope>',
    );
    assert.equal(
      foundOf(found, 'fault'),
      'code e:Sender, x:Late (the request is to be changed); reason: too late; detail: {urn:x}why: clock',
    );
  });

  it('a request has nothing that its sender would check', async () => {
    const found = explained(arena.message());
    assert.deepEqual([found.message, found.checks], ['request', []]);
  });
});
