// Encrypted answers, read by those whom they are for, whatever encrypts them.

import assert from 'node:assert/strict';
import type { Encryption } from '../../src/security/profiles/profile.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { SOAP_1_1, SOAP_1_2, type SoapVersion } from '../../src/soap/version.ts';
import {
  type Answering,
  believed,
  CBC,
  GCM,
  nameOf,
  OAEP,
  openAnswering,
  protectedBy,
  SECRET,
  ways,
} from './answering.ts';

describe('encrypted answers', () => {
  let answering: Answering;
  before(async () => {
    answering = await openAnswering();
  });

  /** A usual answer, its content in this form. */
  const usual = (encryption: Encryption | undefined, version: SoapVersion = SOAP_1_1): Promise<string> =>
    answering.answer(SECRET, version, protectedBy(encryption));

  for (const version of [SOAP_1_1, SOAP_1_2])
    for (const way of ways)
      it(`are read over SOAP ${version.name} with ${nameOf(way)}`, async () => {
        const message = await usual(way, version);
        assert.ok(!message.includes(SECRET) && !message.includes('SecretRespons'));
        const { kind, element, fields, signer, encrypted, confirmed } = believed(
          answering.read(message, version),
        );
        assert.deepEqual([kind, element, encrypted, confirmed], ['answer', 'SecretRespons', true, true]);
        assert.deepEqual(fields, [{ name: 'status', value: SECRET }]);
        assert.equal(signer?.organisation, '991825827');
      });

  for (const [kind, text] of [
    ['Norwegian letters', 'Blåbærsyltetøy Æ Ø Å'],
    ['letters beyond the basic plane', '𝄞 😀 𐐷'],
    ['signs special to XML', '<a b="c">&amp;</a> ]]> \' \r\n\t'],
    ['more than a block', 'ø'.repeat(5000)],
    ['nothing', ''],
  ] as const)
    it(`carry ${kind}`, async () => {
      for (const way of [CBC, GCM]) {
        const message = await answering.answer(text, SOAP_1_1, protectedBy(way));
        assert.equal(believed(answering.read(message, SOAP_1_1)).fields[0]?.value, text);
      }
    });

  it('are read whatever the length of the content leaves to pad', async () => {
    for (let length = 1; length <= 17; length += 1) {
      const message = await answering.answer('x'.repeat(length), SOAP_1_1, protectedBy(OAEP));
      assert.equal(believed(answering.read(message, SOAP_1_1)).fields[0]?.value.length, length);
    }
  });

  it('are signed under 14-05 by a certificate that is only named', async () => {
    const { answer } = profiles['14-05'];
    const message = await answering.answer(SECRET, SOAP_1_1, answer);
    assert.doesNotMatch(message, /BinarySecurityToken|SignatureConfirmation/);
    const { signer, encrypted, confirmed } = believed(answering.read(message, SOAP_1_1));
    assert.deepEqual([signer?.organisation, encrypted, confirmed], ['991825827', true, false]);
  });

  it('are not called encrypted when they are not', async () => {
    assert.equal(believed(answering.read(await usual(undefined), SOAP_1_1)).encrypted, false);
  });
});
