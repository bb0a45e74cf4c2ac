// Attacks on the client's side: templates that mislead its signer, and answers that somebody on the way has made.

import assert from 'node:assert/strict';
import { readAnswer } from '../../src/client/answer.ts';
import { usualSigning } from '../../src/client/security-header.ts';
import { signEnvelope } from '../../src/client/sign.ts';
import type { QName } from '../../src/kernel/problem.ts';
import { encryption } from '../../src/security/algorithms.ts';
import { readPem } from '../../src/security/trust/certificate.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { SOAP_1_1 } from '../../src/soap/version.ts';
import { encryptInto } from '../security/answering.ts';
import { type Arena, openArena, question } from './arena.ts';
import { NS } from './names.ts';

describe('attacks on the client', () => {
  let arena: Arena;
  let request: string;
  let answer: string;
  before(async () => {
    arena = await openArena({ answerEncryption: 'aes256-cbc' });
    request = arena.message({ payload: question });
    answer = (await arena.post(request)).text;
  });
  after(() => arena.emulator.close());

  const envelope = (header: string, bodyAttributes = ''): string =>
    `<soap:Envelope xmlns:soap="${NS.soap11}" xmlns:wsse="${NS.wsse}" xmlns:wsu="${NS.wsu}"><soap:Header>${header}</soap:Header><soap:Body${bodyAttributes}>${question}</soap:Body></soap:Envelope>`;
  const sign = (xml: string): string =>
    signEnvelope(xml, arena.client('digipost'), usualSigning, arena.now());

  for (const [name, header] of Object.entries({
    'a Security header for somebody else': '<wsse:Security soap:actor="urn:else"/>',
    'a header that is called Security too': '<x:Security xmlns:x="urn:x"><x:Timestamp/></x:Security>',
    'a header that is called Body too': '<x:Body xmlns:x="urn:x"/>',
  })) {
    it(`signs its own parts beside ${name}`, async () => {
      const { status, text } = await arena.post(sign(envelope(header)));
      assert.equal(status, 200, text);
    });
  }

  it('signs nothing else for an Id that is an expression', () => {
    const signed = sign(envelope('<x:a xmlns:x="urn:x" Id="x"/>', ` wsu:Id="b' or '1'='1"`));
    assert.equal(signed.match(/<ds:Reference /g)?.length, 2);
  });

  const read = (text: string, response?: QName): string => {
    const { pki } = arena.emulator;
    const { keyPem } = arena.client('digipost');
    const signatureValue = Buffer.from(/SignatureValue>([^<]+)</.exec(request)?.[1] ?? '', 'base64');
    const trust = createTrustStore([pki.trustPem], pki.crls);
    const receiver = { trust, keyPem, knownPem: [], signatureValue, ...(response ? { response } : {}) };
    const found = readAnswer(Buffer.from(text), SOAP_1_1, receiver, arena.now());
    return 'problem' in found ? found.problem : `${found.kind} of ${found.signer?.organisation ?? 'nobody'}`;
  };
  const without = (element: string): string =>
    answer.replace(new RegExp(`<${element}[ >].*?</${element}>`), '');
  /** Whoever has the client's certificate can encrypt to it. */
  const holding = (content: string): string => {
    const [recipient] = readPem(arena.client('digipost').certificatePem);
    assert.ok(recipient);
    const how = { content: encryption.aes256Cbc, keyTransport: encryption.rsaOaep, everywhere: true };
    return encryptInto(without('xenc:EncryptedKey'), content, SOAP_1_1, how, recipient);
  };

  it('reads the honest answer', () => assert.equal(read(answer), 'answer of 991825827'));

  for (const [name, make, problem] of [
    ['other content under a key of its own', () => holding(question), 'security.digest'],
    [
      'content that closes the Body',
      () => holding('<a/></SOAP-ENV:Body><SOAP-ENV:Body>'),
      'security.decryption',
    ],
    ['content that is a comment to the end', () => holding('<a/><!--'), 'security.decryption'],
    ['content with a document type', () => holding('<!DOCTYPE a><a/>'), 'security.decryption'],
    ['content as deep as it is long', () => holding('<a>'.repeat(10_000)), 'security.decryption'],
    ['nothing for content', () => holding(''), 'security.decryption'],
    [
      'no SignatureConfirmation',
      () => without('wsse11:SignatureConfirmation'),
      'security.reference-unresolved',
    ],
    ['no Signature', () => without('ds:Signature'), 'security.signature-missing'],
    ['no EncryptedKey', () => without('xenc:EncryptedKey'), 'security.decryption'],
    [
      'two EncryptedKeys',
      () => answer.replace(/<xenc:EncryptedKey.*?<\/xenc:EncryptedKey>/, '$&$&'),
      'security.header-content',
    ],
    [
      'a wrapped key of one byte',
      () => answer.replace(/(<xenc:CipherValue>)[^<]+/, '$1AA=='),
      'security.decryption',
    ],
    ['another cipher named', () => answer.replace('aes256-cbc', 'aes128-cbc'), 'security.decryption'],
  ] as const) {
    it(`does not believe an answer with ${name} (${problem})`, () => {
      const forged = make();
      assert.notEqual(forged, answer, 'the attack has changed nothing');
      assert.equal(read(forged), problem);
    });
  }

  it('does not take its own request, come back, for an answer', () => {
    assert.equal(
      read(request, { namespace: NS.m, name: 'KanVelgeSikkerDigitalPostkasseRespons' }),
      'security.confirmation',
    );
  });

  it('does not take the answer of another request for its own', async () => {
    const other = (await arena.post(arena.message({ payload: question }))).text;
    assert.equal(read(other), 'security.confirmation');
  });

  it('takes what is said without a signature for that of nobody', () => {
    const plain = envelope('').replace('<soap:Header></soap:Header>', '');
    assert.equal(read(plain), 'answer of nobody');
  });
});
