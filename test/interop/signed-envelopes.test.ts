// What `kontakt sign` and `kontakt call` sign is verified by xmlsec1, whatever the envelope looks like.

import assert from 'node:assert/strict';
import { type Signing, usualSigning } from '../../src/client/security-header.ts';
import { signEnvelope } from '../../src/client/sign.ts';
import { algorithms, canonicalizations } from '../../src/security/algorithms.ts';
import { describeWith, stacks } from './stacks.ts';
import { type Stage, staged } from './stage.ts';
import { run } from './tool.ts';

const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const MESSAGES = 'http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1';
const ask = (prefix: string): string =>
  `<${prefix}:KanVelgeSikkerDigitalPostkasseForespoersel xmlns:${prefix}="${MESSAGES}"><${prefix}:personidentifikator>19900398754</${prefix}:personidentifikator></${prefix}:KanVelgeSikkerDigitalPostkasseForespoersel>`;

// Names in capitals come before all others in canonical XML, and after them in a dictionary.
const envelopes: readonly (readonly [string, string])[] = [
  ['a plain one', `<s:Envelope xmlns:s="${SOAP_11}"><s:Body>${ask('m')}</s:Body></s:Envelope>`],
  [
    'one with prefixes in capitals',
    `<SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP_11}" xmlns:b="urn:b" xmlns:Z="urn:z"><SOAP-ENV:Body>${ask('M')}</SOAP-ENV:Body></SOAP-ENV:Envelope>`,
  ],
  [
    'one with attributes and namespaces in odd order',
    `<s:Envelope xmlns:s="${SOAP_11}" xmlns="urn:default" xml:lang="no"><s:Header><z:Trace xmlns:z="urn:z" xmlns:A="urn:a" z:b="1" A:c="2" d="3"/></s:Header><s:Body z:b="1" A:c="2" Z="3" a="4" xmlns:z="urn:z" xmlns:A="urn:a">${ask('m')}</s:Body></s:Envelope>`,
  ],
  [
    'one with an Id, comments, CDATA and white space',
    `<?xml version="1.0"?>\n<!-- a --><s:Envelope xmlns:s="${SOAP_11}">\r\n <s:Header/>\n <s:Body Id="Mine"><!-- b -->${ask('m').replace('19900398754', '<![CDATA[19900398754]]>')}\n </s:Body></s:Envelope>\n`,
  ],
  [
    'one with a Security header for somebody else',
    `<s:Envelope xmlns:s="${SOAP_11}"><s:Header><w:Security xmlns:w="${WSSE}" s:actor="urn:else"/></s:Header><s:Body>${ask('m')}</s:Body></s:Envelope>`,
  ],
  ['one of SOAP 1.2', `<e:Envelope xmlns:e="${SOAP_12}"><e:Body>${ask('m')}</e:Body></e:Envelope>`],
  [
    'one whose SOAP namespace has no prefix',
    `<Envelope xmlns="${SOAP_11}"><Body>${ask('m')}</Body></Envelope>`,
  ],
];

const signings: readonly (readonly [string, Partial<Signing>])[] = [
  ...[...canonicalizations.keys()].map(
    (canonicalization) => [canonicalization, { canonicalization }] as const,
  ),
  ['SHA-1', { signature: algorithms.rsaSha1, digest: algorithms.sha1 }],
  ['issuer and number', { reference: 'issuerSerial' }],
  ['SubjectKeyIdentifier', { reference: 'subjectKeyIdentifier' }],
  ['thumbprint', { reference: 'thumbprint' }],
];

describeWith([stacks.xmlsec1], 'envelopes signed on the command line', () => {
  const stage = staged({ profile: '14-05' });
  const sign = ({ emulator }: Stage, envelope: string, signing: Partial<Signing>): string => {
    const client = emulator.pki.clients.get('digipost');
    assert.ok(client);
    return signEnvelope(envelope, client, { ...usualSigning, ...signing }, emulator.clock.now('security'));
  };

  for (const [kind, envelope] of envelopes)
    it(`xmlsec1 verifies ${kind}, signed in every way, and the emulator accepts it`, async () => {
      for (const [way, signing] of signings) {
        const message = sign(stage(), envelope, signing);
        const { certificate, trust } = stage().files;
        const { ok, said } = await run('xmlsec1', [
          ...['--verify', '--trusted-pem', trust, '--pubkey-cert-pem', certificate],
          ...['--id-attr:Id', 'Timestamp', '--id-attr:Id', 'Body', stage().write('signed.xml', message)],
        ]);
        assert.ok(ok, `${way}: ${said}`);
        if (envelope.includes(SOAP_12)) continue;
        const { status, problem } = await stage().post(message);
        assert.deepEqual([status, problem], [200, undefined], way);
      }
    });

  it('neither takes one that was changed', async () => {
    const changed = sign(stage(), envelopes[0]?.[1] ?? '', {}).replace('19900398754', '19900398755');
    const { certificate } = stage().files;
    const { ok } = await run('xmlsec1', [
      ...['--verify', '--pubkey-cert-pem', certificate, '--id-attr:Id', 'Timestamp'],
      ...['--id-attr:Id', 'Body', stage().write('changed.xml', changed)],
    ]);
    assert.ok(!ok);
    assert.equal((await stage().post(changed)).problem, 'security.digest');
  });
});
