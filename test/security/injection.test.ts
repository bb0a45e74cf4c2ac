// Content that an attacker encrypted: nothing but the client's certificate is needed for that, so it proves nothing.

import assert from 'node:assert/strict';
import { usualFace } from '../../src/exchange/faces.ts';
import type { Encryption } from '../../src/security/profiles/profile.ts';
import { SOAP_1_1, SOAP_1_2, type SoapVersion } from '../../src/soap/version.ts';
import {
  type Answering,
  believed,
  CBC,
  contentOf,
  encryptInto,
  FACE,
  GCM,
  OAEP,
  openAnswering,
  protectedBy,
  refusalOf,
  SECRET,
} from './answering.ts';

describe('content that somebody else encrypted to the client', () => {
  let answering: Answering;
  before(async () => {
    answering = await openAnswering();
  });

  /** A usual answer, its content in this form. */
  const usual = (encryption: Encryption | undefined, version: SoapVersion = SOAP_1_1): Promise<string> =>
    answering.answer(SECRET, version, protectedBy(encryption));

  const EVIL = '<m:SecretRespons xmlns:m="urn:test:messages"><m:status>Ondskap</m:status></m:SecretRespons>';
  const attacks: readonly [string, (good: string, soap: string) => string][] = [
    ['instead of what was signed', () => EVIL],
    ['before what was signed', (good) => EVIL + good],
    ['behind what was signed', (good) => good + EVIL],
    ['in a second Body', (good, soap) => `${good}</${soap}:Body><${soap}:Body>${EVIL}`],
    [
      'in a second Body before',
      (good, soap) =>
        `${EVIL}</${soap}:Body><${soap}:Body wsu:Id="Body" xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd">${good}`,
    ],
    [
      'in a second Envelope',
      (good, soap) =>
        `${good}</${soap}:Body></${soap}:Envelope><${soap}:Envelope xmlns:${soap}="x"><${soap}:Body>${EVIL}`,
    ],
    ['behind the Envelope', (good, soap) => `${good}</${soap}:Body></${soap}:Envelope>${EVIL}<!--`],
    [
      'with the rest of the message in a comment',
      (_good, soap) => `${EVIL}</${soap}:Body></${soap}:Envelope><!--`,
    ],
    ['with the rest of the message in a CDATA section', () => `${EVIL}<![CDATA[`],
    ['around what was signed', (good) => EVIL.replace('</m:SecretRespons>', `${good}</m:SecretRespons>`)],
    [
      'with what was signed in a Body inside',
      (good, soap) =>
        EVIL.replace(
          '</m:SecretRespons>',
          `<${soap}:Body Id="Body">${good}</${soap}:Body></m:SecretRespons>`,
        ),
    ],
    ['with a document type', () => `<!DOCTYPE a [<!ENTITY e "Ondskap">]>${EVIL}`],
    ['with an entity', () => EVIL.replace('Ondskap', '&e;')],
    ['with another namespace', (good) => good.replace('urn:test:messages', 'urn:test:other')],
    ['with text beside it', (good) => `Ondskap${good}`],
    [
      'as an encrypted answer once more',
      (good) => good.replace(/^.*$/s, '<xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"/>'),
    ],
  ];
  for (const version of [SOAP_1_1, SOAP_1_2])
    for (const [where, plainOf] of attacks)
      it(`is not believed ${where} (SOAP ${version.name})`, async () => {
        const signed = await usual(undefined, version);
        const soap = version.namespace.prefix;
        const plain = plainOf(contentOf(signed), soap);
        for (const way of [CBC, OAEP, GCM]) {
          const message = encryptInto(signed, plain, version, way, answering.certificateOf('digipost'));
          const problem = refusalOf(answering.read(message, version));
          assert.equal(JSON.stringify(usualFace(problem)), FACE);
        }
      });

  it('is not believed where the Body that was signed is moved into it', async () => {
    const signed = await usual(undefined);
    const body = /<SOAP-ENV:Body .*<\/SOAP-ENV:Body>/s.exec(signed)?.[0] ?? assert.fail('no Body');
    const message = encryptInto(
      signed.replace(/<SOAP-ENV:Body [^>]*>/, '<SOAP-ENV:Body>'),
      EVIL.replace('</m:SecretRespons>', `${body}</m:SecretRespons>`),
      SOAP_1_1,
      OAEP,
      answering.certificateOf('digipost'),
    );
    assert.equal(refusalOf(answering.read(message, SOAP_1_1)).problem, 'security.coverage');
  });

  it('is believed where it is just what was signed', async () => {
    const signed = await usual(undefined);
    const message = encryptInto(
      signed,
      `<!-- x -->${contentOf(signed)}`,
      SOAP_1_1,
      GCM,
      answering.certificateOf('digipost'),
    );
    const { fields, encrypted } = believed(answering.read(message, SOAP_1_1));
    assert.deepEqual([fields[0]?.value, encrypted], [SECRET, true]);
  });

  it('is a fault at most, and nobody’s, where nothing is signed', async () => {
    const signed = await usual(undefined);
    const to = answering.certificateOf('digipost');
    const unsigned = signed.replace(/<ds:Signature .*<\/ds:Signature>/s, '');
    const refused = refusalOf(answering.read(encryptInto(unsigned, EVIL, SOAP_1_1, GCM, to), SOAP_1_1));
    assert.equal(refused.problem, 'security.signature-missing');
    const fault = '<SOAP-ENV:Fault><faultcode>x</faultcode></SOAP-ENV:Fault>';
    const read = believed(answering.read(encryptInto(signed, fault, SOAP_1_1, GCM, to), SOAP_1_1));
    assert.deepEqual([read.kind, read.signer, read.confirmed], ['fault', undefined, false]);
  });
});
