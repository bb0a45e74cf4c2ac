// Answers that the emulator encrypts itself: WSS4J and xmlsec1 decrypt and verify them, whatever protects them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { assertEncryptedAnswer, xmlsecDecrypt, xmlsecVerify, xpath } from './judges.ts';
import { inPhp } from './php.ts';
import { describeWith, stacks } from './stacks.ts';
import { openStage, type Stage } from './stage.ts';
import { type Findings, wss4j } from './wss4j.ts';

const XENC = 'http://www.w3.org/2001/04/xmlenc#';
const XENC11 = 'http://www.w3.org/2009/xmlenc11#';
const OAEP = `${XENC}rsa-oaep-mgf1p`;

const ask = {
  operation: 'KanVelgeSikkerDigitalPostkasse',
  fields: { personidentifikator: '19900398754' },
};

type Options = Parameters<typeof openStage>[0];

describeWith([stacks.wss4j, stacks.xmlsec1, stacks.xmllint], 'answers that the emulator encrypts', () => {
  const java = wss4j();

  /** One emulator after the other. */
  const at = async (options: Options, act: (stage: Stage) => Promise<void>): Promise<void> => {
    const stage = await openStage(options);
    try {
      await act(stage);
    } finally {
      await stage.close();
    }
  };

  const assertRead = (
    { failed, complaint, ...findings }: Findings,
    content: string,
    transport: string,
  ): void => {
    assert.deepEqual([failed, complaint], [undefined, undefined]);
    assert.deepEqual(
      [findings.encrypted, findings.content, findings.transport, findings.fields],
      [['Body content'], content, transport, { status: 'JA' }],
    );
  };

  const modern = [
    ['profile', `${XENC}aes256-cbc`],
    ['aes128-cbc', `${XENC}aes128-cbc`],
    ['aes256-cbc', `${XENC}aes256-cbc`],
    ['aes128-gcm', `${XENC11}aes128-gcm`],
    ['aes256-gcm', `${XENC11}aes256-gcm`],
  ] as const;
  for (const profile of ['strict', 'observed'])
    for (const [answerEncryption, content] of modern) {
      it(`under ${profile} with ${answerEncryption}: WSS4J and xmlsec1 decrypt and verify them`, async () => {
        await at({ profile, answerEncryption }, async (stage) => {
          const { wire, findings } = await java().call(stage, ask);
          assertRead(findings, content, OAEP);
          assert.deepEqual(findings.signed, ['Timestamp', 'Body', 'SignatureConfirmation']);
          assert.equal(findings.confirmed, findings.sent);
          const answer = readFileSync(wire);
          assert.ok(!answer.includes('>JA<'));
          const decrypted = await assertEncryptedAnswer(stage, answer, findings.sent);
          assert.equal(await xpath(stage, decrypted, "string(//*[local-name()='status'])"), 'JA');
        });
      });
    }

  it('stand in the order that was recorded', async () => {
    await at({ answerEncryption: 'profile' }, async (stage) => {
      const { wire } = await java().call(stage, ask);
      const names = readFileSync(wire, 'utf8').matchAll(
        /<[\w-]+:(EncryptedKey|BinarySecurityToken|Signature|Timestamp|SignatureConfirmation|Body|EncryptedData) /g,
      );
      assert.deepEqual(
        [...names].map(([, name]) => name),
        [
          'EncryptedKey',
          'BinarySecurityToken',
          'Signature',
          'Timestamp',
          'SignatureConfirmation',
          'Body',
          'EncryptedData',
        ],
      );
    });
  });

  it('never share a content key or an initialization vector', async () => {
    await at({ answerEncryption: 'aes256-gcm' }, async (stage) => {
      const values = new Set<string>();
      for (const _ of [1, 2, 3]) {
        const { wire } = await java().call(stage, ask);
        for (const [, value = ''] of readFileSync(wire, 'utf8').matchAll(/<xenc:CipherValue>(.{16})/g))
          values.add(value);
      }
      assert.equal(values.size, 6);
    });
  });

  describeWith([stacks.phpDom], 'decrypted for PHP', () => {
    it('are believed, and confirm the request that they answer only', async () => {
      await at({ answerEncryption: 'aes256-cbc' }, async (stage) => {
        const { wire, findings } = await java().call(stage, ask);
        const { output } = await xmlsecDecrypt(stage, readFileSync(wire));
        const read = output.toString('base64');
        const [good, other] = await inPhp(stage, [
          { read, sent: findings.sent ?? '' },
          { read, sent: 'QUJD' },
        ]);
        assert.deepEqual(good?.fields, { status: 'JA' });
        assert.equal(other?.refused, 'another request is confirmed');
      });
    });
  });

  describe('under 14-05', () => {
    const identifiers = ['direct', 'issuer-serial', 'subject-key-identifier', 'thumbprint'] as const;
    for (const identifier of identifiers)
      it(`are read by WSS4J, which signs by SHA-1 and SHA-256 with key identifier ${identifier}, and by xmlsec1`, async () => {
        await at({ profile: '14-05', answerEncryption: 'profile' }, async (stage) => {
          // These answers only name the server's certificate.
          stage.write('known.pem', readFileSync(stage.files.server));
          for (const old of [true, false]) {
            const { wire, findings } = await java().call(stage, { ...ask, identifier, old });
            assertRead(findings, `${XENC}aes128-cbc`, `${XENC}rsa-1_5`);
            assert.deepEqual(findings.signed, ['Timestamp', 'Body']);
            assert.equal(findings.signatureMethod, 'http://www.w3.org/2000/09/xmldsig#rsa-sha1');
            const decrypted = await xmlsecDecrypt(stage, readFileSync(wire));
            assert.ok(decrypted.ok, decrypted.said);
            const verified = await xmlsecVerify(stage, decrypted.output);
            assert.ok(verified.ok, verified.said);
          }
        });
      });
  });
});
