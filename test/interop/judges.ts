// What outside programs say about an answer: is it signed by the server, is it what the schemas promise, is it canonical.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { SignedXml } from 'xml-crypto';
import { packagePath } from '../../src/kernel/root.ts';
import type { Stage } from './stage.ts';
import { type Outcome, run } from './tool.ts';

const IDS = ['--id-attr:Id', 'Timestamp', '--id-attr:Id', 'Body'];

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

/** The references name, by Id, the Timestamp of the Security header and the envelope's own Body, and nothing else. */
const assertCoverage = async (stage: Stage, answer: Buffer): Promise<void> => {
  const uris = `${security}/${named('Signature')}/${named('SignedInfo')}/${named('Reference')}/@URI`;
  assert.equal(await xpath(stage, answer, `count(${uris})`), '2');
  const target = (place: string): string => `substring(string((${uris})[${place}]), 2)`;
  const places = [`${security}/${named('Timestamp')}`, `/${named('Envelope')}/${named('Body')}`];
  for (const [index, path] of places.entries()) {
    const matches = `count(${path}) = 1 and string(${path}/@*[local-name()='Id']) = ${target(`${index + 1}`)}`;
    assert.equal(await xpath(stage, answer, matches), 'true', matches);
  }
  for (const id of ['Timestamp', 'Body'])
    assert.equal(await xpath(stage, answer, `count(//*[true()${hasId(id)}])`), '1', `one Id ${id}`);
};

/** The token in the answer is the server's certificate. */
const assertToken = async (stage: Stage, answer: Buffer): Promise<void> => {
  const token = await xpath(stage, answer, `string(${security}/${named('BinarySecurityToken')})`);
  const pem = readFileSync(stage.files.server, 'utf8');
  assert.equal(token.replace(/\s/g, ''), pem.replace(/-----[^-]+-----|\s/g, ''));
};

/** Everything at once: signature, what it covers, token, schemas, and the canonical form byte for byte. */
export const assertAnswer = async (stage: Stage, answer: Buffer): Promise<void> => {
  const verified = await xmlsecVerify(stage, answer);
  assert.ok(verified.ok, verified.said);
  assert.match(verified.said, /SignedInfo References \(ok\/all\): 2\/2/);
  await assertCoverage(stage, answer);
  await assertToken(stage, answer);

  const file = stage.write('answer.xml', answer);
  const schema = packagePath('xsd/kontaktregister/postkasseleverandoer-envelope.xsd');
  const valid = await run('xmllint', ['--noout', '--nonet', '--schema', schema, file]);
  assert.ok(valid.ok, valid.said);
  const canonical = await run('xmllint', ['--nonet', '--exc-c14n', file]);
  assert.ok(canonical.ok, canonical.said);
  assert.equal(canonical.output.toString('utf8'), answer.toString('utf8'));
};
