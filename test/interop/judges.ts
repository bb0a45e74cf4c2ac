// What outside programs say about an answer: does it decrypt, is it signed by the server, is it as the schemas promise.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { SignedXml } from 'xml-crypto';
import { packagePath } from '../../src/kernel/root.ts';
import type { Stage } from './stage.ts';
import { type Outcome, run } from './tool.ts';

const IDS = ['Timestamp', 'Body', 'SignatureConfirmation'].flatMap((name) => ['--id-attr:Id', name]);

/** xmlsec1 verifies the Signature with the server's certificate, itself checked against the trust anchors. */
export const xmlsecVerify = async (stage: Stage, answer: Buffer): Promise<Outcome> => {
  const { server, trust } = stage.files;
  const anchors = ['--trusted-pem', trust, '--pubkey-cert-pem', server];
  return run('xmlsec1', ['--verify', ...anchors, ...IDS, stage.write('judged.xml', answer)]);
};

/** A second opinion, by xml-crypto: the canonical form of each part that it found signed; throws on a bad signature. */
export const xmlCryptoVerify = (stage: Stage, answer: Buffer): readonly string[] => {
  const text = answer.toString('utf8');
  const signature = /<ds:Signature[ >].*<\/ds:Signature>/s.exec(text)?.[0];
  assert.ok(signature, 'a Signature');
  const verifier = new SignedXml({ publicCert: readFileSync(stage.files.server) });
  verifier.loadSignature(signature);
  assert.ok(verifier.checkSignature(text), 'the digests hold');
  return verifier.getSignedReferences();
};

/** A number or string that xmllint evaluates over a message. */
export const xpath = async (stage: Stage, message: Buffer, expression: string): Promise<string> => {
  const { ok, output, said } = await run('xmllint', [
    ...['--nonet', '--xpath', expression],
    stage.write('asked.xml', message),
  ]);
  assert.ok(ok, said);
  return output.toString('utf8').replace(/\n$/, '');
};

const named = (name: string, inside = ''): string => `*[local-name()='${name}'${inside}]`;
const security = `/${named('Envelope')}/${named('Header')}/${named('Security')}`;
const hasId = (id: string): string => ` and @*[local-name()='Id']='${id}'`;

/**
 * The references name, by Ids that are there once, the Timestamp of the Security header, the envelope's own Body and the
 * SignatureConfirmation where there is one, each once, and nothing else.
 */
const assertCoverage = async (stage: Stage, answer: Buffer): Promise<void> => {
  const uris = `${security}/${named('Signature')}/${named('SignedInfo')}/${named('Reference')}/@URI`;
  const confirmation = `${security}/${named('SignatureConfirmation')}`;
  const confirmed = (await xpath(stage, answer, `count(${confirmation})`)) !== '0';
  const places = [`${security}/${named('Timestamp')}`, `/${named('Envelope')}/${named('Body')}`];
  if (confirmed) places.push(confirmation);
  assert.equal(await xpath(stage, answer, `count(${uris})`), `${places.length}`);
  for (const path of places) {
    const id = await xpath(stage, answer, `string(${path}/@*[local-name()='Id'])`);
    const once = `count(${path}) = 1 and count(//*[true()${hasId(id)}]) = 1 and count(${uris}[. = '#${id}']) = 1`;
    assert.equal(await xpath(stage, answer, once), 'true', once);
  }
};

/** The token in the answer is the server's certificate. */
const assertToken = async (stage: Stage, answer: Buffer): Promise<void> => {
  const token = await xpath(stage, answer, `string(${security}/${named('BinarySecurityToken')})`);
  const pem = readFileSync(stage.files.server, 'utf8');
  assert.equal(token.replace(/\s/g, ''), pem.replace(/-----[^-]+-----|\s/g, ''));
};

/** The SignatureConfirmation, where it is expected, repeats the request's SignatureValue. */
const assertConfirmation = async (stage: Stage, answer: Buffer, value: string): Promise<void> => {
  const found = await xpath(stage, answer, `string(${security}/${named('SignatureConfirmation')}/@Value)`);
  assert.equal(found, value);
};

const assertSigned = async (stage: Stage, answer: Buffer, confirms: string | undefined): Promise<void> => {
  const verified = await xmlsecVerify(stage, answer);
  assert.ok(verified.ok, verified.said);
  assert.match(verified.said, /SignedInfo References \(ok\/all\): (\d)\/\1/);
  await assertCoverage(stage, answer);
  await assertToken(stage, answer);
  if (confirms !== undefined) await assertConfirmation(stage, answer, confirms);

  const file = stage.write('answer.xml', answer);
  const schema = packagePath('xsd/kontaktregister/postkasseleverandoer-envelope.xsd');
  const valid = await run('xmllint', ['--noout', '--nonet', '--schema', schema, file]);
  assert.ok(valid.ok, valid.said);
};

/**
 * Everything at once: signature, what it covers, token, schemas, and the canonical form byte for byte.
 *
 * @param confirms the request's SignatureValue, where the answer must confirm it
 */
export const assertAnswer = async (stage: Stage, answer: Buffer, confirms?: string): Promise<void> => {
  await assertSigned(stage, answer, confirms);
  const canonical = await run('xmllint', ['--nonet', '--exc-c14n', stage.write('answer.xml', answer)]);
  assert.ok(canonical.ok, canonical.said);
  assert.equal(canonical.output.toString('utf8'), answer.toString('utf8'));
};

/**
 * xmlsec1 decrypts an answer with the provider's key. It cannot follow a SecurityTokenReference, so the one in EncryptedData
 * is told to it in XML Encryption's own words, by a RetrievalMethod (XML Encryption §3.5.2): the same key at the same Id.
 */
export const xmlsecDecrypt = async (stage: Stage, answer: Buffer): Promise<Outcome> => {
  const text = answer
    .toString('utf8')
    .replace(/<(?:\w+:)?EncryptedData[ >].*<\/(?:\w+:)?EncryptedData>/s, (data) =>
      data.replace(
        /(<(\w+):KeyInfo[^>]*>).*?\sURI="(#[^"]+)".*?(<\/\2:KeyInfo>)/s,
        (_, start, ds, uri, end) => {
          const type = 'http://www.w3.org/2001/04/xmlenc#EncryptedKey';
          return `${start}<${ds}:RetrievalMethod URI="${uri}" Type="${type}"/>${end}`;
        },
      ),
    );
  const key = ['--privkey-pem', stage.files.key, '--id-attr:Id', 'EncryptedKey'];
  return run('xmlsec1', ['--decrypt', ...key, stage.write('encrypted.xml', text)]);
};

/**
 * The Body's only child is EncryptedData; decrypted it is a good answer: signature, what it covers, token and schemas.
 *
 * @param confirms the request's SignatureValue, where the answer must confirm it
 * @returns the decrypted message
 */
export const assertEncryptedAnswer = async (
  stage: Stage,
  answer: Buffer,
  confirms?: string,
): Promise<Buffer> => {
  const body = `/${named('Envelope')}/${named('Body')}`;
  const hidden = `count(${body}/node()) = 1 and count(${body}/${named('EncryptedData')}) = 1`;
  assert.equal(await xpath(stage, answer, hidden), 'true', hidden);
  const decrypted = await xmlsecDecrypt(stage, answer);
  assert.ok(decrypted.ok, decrypted.said);
  await assertSigned(stage, decrypted.output, confirms);
  return decrypted.output;
};
