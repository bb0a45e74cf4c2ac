// Messages of strangers on the command line and in the log: they are explained, and do nothing to the terminal.

import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATH, question } from '../attacks/arena.ts';
import { compose, usual } from '../attacks/message.ts';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { type Ended, kontakt, serve } from '../program.ts';
import { type CertificateWish, certificateOf, keyOf, pemOf } from '../security/issuing.ts';

/** Clears the screen, forges a line, turns the text round. */
const ACTING = 'x\u001b[2J\u009b1m\r\n00:00:00.000 forged line\u202e\u2028y';
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/;

const signed = (wish: Partial<CertificateWish>): string => {
  const certificatePem = pemOf(certificateOf({ subject: 'stranger', ...wish }));
  const keyPem = keyOf('stranger').export({ type: 'pkcs8', format: 'pem' }).toString();
  return compose(usual({ certificatePem, keyPem }, question, Date.now()));
};
const withKey = (publicKey: KeyObject): string => signed({ publicKey });

const hostile: Readonly<Record<string, () => string | Buffer>> = {
  'an Ed25519 key': () => withKey(generateKeyPairSync('ed25519').publicKey),
  'an X25519 key': () => withKey(generateKeyPairSync('x25519').publicKey),
  'an EC key': () => withKey(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey),
  'an RSA-PSS key': () => withKey(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey),
  'a certificate whose names act': () => signed({ subject: ACTING, key: 'stranger' }),
  'an Id that acts': () =>
    signed({}).replaceAll('"Body"', '"Bo\u009b1m\u2028dy"').replace('"#Body"', '"#Bo"'),
  'a text in the Body that acts': () =>
    `${signed({})}`.replace('</soap:Body>', 'a\u009b1m\u2028</soap:Body>'),
  'a key reference of 2,000 blanks': () =>
    signed({}).replace(
      /<wsse:Reference [^>]*>/,
      `<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>a=b,${' '.repeat(2000)}c</ds:X509IssuerName><ds:X509SerialNumber>1</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>`,
    ),
  'no XML': () => Buffer.from('\u001b[2J'),
  nothing: () => '',
  '20 MB': () => Buffer.alloc(20_000_000, '<'),
};

describe('messages of strangers', () => {
  let data: string;
  before(async () => {
    data = await newDataDirectory();
  });
  const verify = async (content: string | Buffer, ...more: string[]): Promise<Ended> => {
    const file = join(newDirectory(), 'message.xml');
    writeFileSync(file, content);
    return kontakt(['verify', file, '--data', data, ...more]);
  };

  for (const [name, make] of Object.entries(hostile)) {
    it(`kontakt verify refuses ${name} in words`, async () => {
      const { code, stdout, stderr } = await verify(make());
      assert.equal(code, 1, stdout + stderr);
      assert.doesNotMatch(stdout + stderr, /defect|node:internal|\bat .*:\d+:\d+/);
      assert.doesNotMatch(stdout + stderr, CONTROLS);
      assert.doesNotMatch(stdout + stderr, /^\S* ?forged line/m);
      assert.match(stdout + stderr, /found|no message/);
    });
  }

  it('kontakt verify does not take the signature of a key of another kind for right', async () => {
    const { stdout } = await verify(
      withKey(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey),
      '--json',
    );
    assert.equal(JSON.parse(stdout).signature.right, false);
  });

  it('the log tells of a certificate whose names act on one line', async () => {
    const { child, url, ended } = await serve(['--data', data, '--log', 'pretty']);
    const body = signed({ subject: ACTING, key: 'stranger' });
    const { status } = await fetch(url + PATH, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body,
    });
    child.kill('SIGTERM');
    const { stderr } = await ended;
    assert.equal(status, 500);
    assert.match(stderr, /✗ .*500 FailedAuthentication/);
    assert.match(stderr, /forged line/);
    assert.doesNotMatch(stderr, CONTROLS);
    assert.doesNotMatch(stderr, /^\S* ?forged line/m);
  });
});
