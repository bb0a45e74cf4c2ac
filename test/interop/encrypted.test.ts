// Encrypted answers in the layout that was recorded from the real service: WSS4J and xmlsec1 read them, and nothing else.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { assertEncryptedAnswer, xmlsecDecrypt, xmlsecVerify, xpath } from './judges.ts';
import { inPhp } from './php.ts';
import { describeWith, stacks } from './stacks.ts';
import { staged } from './stage.ts';
import { wss4j } from './wss4j.ts';

const algorithms = {
  oaep: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
  rsa15: 'http://www.w3.org/2001/04/xmlenc#rsa-1_5',
  'aes128-cbc': 'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
  'aes256-cbc': 'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
  'aes128-gcm': 'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  'aes256-gcm': 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
} as const;
const transports = ['oaep', 'rsa15'] as const;
const contents = ['aes128-cbc', 'aes256-cbc', 'aes128-gcm', 'aes256-gcm'] as const;

const ask = {
  operation: 'KanVelgeSikkerDigitalPostkasse',
  fields: { personidentifikator: '19900398754' },
};

describeWith([stacks.wss4j, stacks.xmlsec1, stacks.xmllint], 'encrypted answers', () => {
  const open = staged();
  const java = wss4j();

  /** An answer of the emulator as WSS4J protects it anew, and what WSS4J found in it before. */
  const protect = async (content: string, transport = 'oaep', confirm = false) => {
    const { wire, findings } = await java().call(open(), ask);
    const { sent = '' } = findings;
    const protection = { content, transport, ...(confirm ? { confirms: sent } : {}) };
    const encrypted = readFileSync(await java().protect(open(), wire, protection));
    return { findings, sent, encrypted };
  };

  for (const transport of transports)
    for (const content of contents) {
      it(`signed by the emulator, encrypted by WSS4J with ${content} and ${transport}: both witnesses read them`, async () => {
        const { findings: before, encrypted } = await protect(content, transport);
        assert.ok(!encrypted.includes('>JA<'));
        const { findings } = await java().read(open(), encrypted);
        assert.deepEqual(
          [findings.failed ?? findings.complaint, findings.encrypted, findings.content, findings.transport],
          [undefined, ['Body content'], algorithms[content], algorithms[transport]],
        );
        assert.deepEqual([findings.fields, findings.signer], [{ status: 'JA' }, before.signer]);
        assert.deepEqual(findings.signed, before.signed);
        const decrypted = await assertEncryptedAnswer(open(), encrypted, findings.confirmed);
        assert.equal(await xpath(open(), decrypted, "string(//*[local-name()='status'])"), 'JA');
      });
    }

  it('confirm the request’s signature, and that is signed too', async () => {
    const { sent, encrypted } = await protect('aes256-cbc', 'oaep', true);
    const { confirmed, signed } = (await java().read(open(), encrypted)).findings;
    assert.deepEqual([confirmed, signed], [sent, ['Timestamp', 'Body', 'SignatureConfirmation']]);
    await assertEncryptedAnswer(open(), encrypted, sent);
    await assert.rejects(assertEncryptedAnswer(open(), encrypted, 'QUJD'), assert.AssertionError);

    const forged = Buffer.from(encrypted.toString('utf8').replace(`Value="${sent}"`, 'Value="QUJD"'), 'utf8');
    assert.notDeepEqual(forged, encrypted);
    const { ok, output, said } = await xmlsecDecrypt(open(), forged);
    assert.ok(ok, said);
    assert.equal((await xmlsecVerify(open(), output)).ok, false);
    assert.match((await java().read(open(), forged)).findings.failed ?? '', /signature or decryption/);
  });

  describeWith([stacks.phpDom], 'decrypted for PHP', () => {
    it('confirm the request that they answer, and no other', async () => {
      const { sent, encrypted } = await protect('aes256-gcm', 'oaep', true);
      const { output } = await xmlsecDecrypt(open(), encrypted);
      const read = output.toString('base64');
      const [good, other] = await inPhp(open(), [
        { read, sent },
        { read, sent: 'QUJD' },
      ]);
      assert.deepEqual(good?.signed, ['Timestamp', 'Body', 'SignatureConfirmation']);
      assert.deepEqual(good?.fields, { status: 'JA' });
      assert.equal(other?.refused, 'another request is confirmed');
    });
  });

  for (const content of contents) {
    it(`are refused by both witnesses once their ${content} octets are changed`, async () => {
      const { encrypted } = await protect(content);
      const text = encrypted.toString('utf8');
      // Far enough into the cipher text to be behind the initialization vector.
      const changed = text.replace(
        /(<xenc:EncryptedData .*<xenc:CipherValue>.{60})(.)/s,
        (_, before, letter) => `${before}${letter === 'A' ? 'B' : 'A'}`,
      );
      assert.notEqual(changed, text);
      assert.match((await java().read(open(), changed)).findings.failed ?? '', /^WSSecurityException/);
      const decrypted = await xmlsecDecrypt(open(), Buffer.from(changed, 'utf8'));
      assert.ok(!decrypted.ok || !(await xmlsecVerify(open(), decrypted.output)).ok);
    });
  }

  it('are refused by both witnesses where they are meant for somebody else', async () => {
    const { encrypted } = await protect('aes256-cbc');
    const other = open().emulator.pki.clients.get('eboks');
    assert.ok(other?.p12, 'the PKCS #12 file of eboks');
    const key = open().write('eboks.key', other.keyPem);
    const stranger = { ...open(), files: { ...open().files, key } };
    assert.equal((await xmlsecDecrypt(stranger, encrypted)).ok, false);
    const { findings } = await java().read(open(), encrypted, 'eboks');
    assert.match(findings.failed ?? '', /^WSSecurityException/);
  });
});
