// The anatomy of a message: whole whatever the message is, made once, and in front of a verdict that begins with what the server says.

import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { XmlDocument } from 'libxml2-wasm';
import { isProblem } from '../../src/kernel/problem.ts';
import { openPki, type Pki } from '../../src/pki/pki.ts';
import { type Anatomy, takeApart } from '../../src/security/anatomy.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { reportMessage, type SecurityReport } from '../../src/security/report.ts';
import { createSignerCache, type SignerCache } from '../../src/security/signer.ts';
import { knownCertificates } from '../../src/security/trust/known-certificates.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { verdict, verifyMessage } from '../../src/security/verify.ts';
import { readMessage } from '../../src/soap/read.ts';
import { openingOf } from '../attacks/arena.ts';
import { choose } from '../attacks/fuzz/change.ts';
import { kinds, mutate } from '../attacks/fuzz/mutant.ts';
import { ways } from '../attacks/key-references.ts';
import {
  type Credentials,
  compose,
  derOf,
  type Recipe,
  signed,
  timestampOf,
  tokenOf,
  usual,
} from '../attacks/message.ts';
import { URI } from '../attacks/names.ts';
import { nobodysKey } from '../attacks/strangers.ts';
import { createDice } from '../dice.ts';
import { certificateOf } from './issuing.ts';

const MUTANTS = 600;
const SEED = 20_260_711;

describe('the anatomy of a message', () => {
  const now = Date.now();
  let pki: Pki;
  let signers: SignerCache;
  before(async () => {
    pki = await openPki(undefined, new Date(now));
    const known = ['digipost', 'eboks', 'utloept'].map((name) => client(name).certificatePem);
    signers = createSignerCache(createTrustStore([pki.trustPem], pki.crls), knownCertificates(known));
  });

  const client = (name: string): Credentials => pki.clients.get(name) ?? assert.fail(name);
  const message = (knobs: Partial<Recipe> = {}): string =>
    compose({ ...usual(knobs.signer ?? client('digipost'), openingOf('kari#1234'), now), ...knobs });
  /** Undefined: it is no message. */
  const looked = <Seen>(bytes: string | Buffer, look: (anatomy: Anatomy) => Seen): Seen | undefined => {
    const read = readMessage(Buffer.from(bytes));
    if (isProblem(read)) return undefined;
    using envelope = read;
    return look(takeApart(envelope, signers));
  };
  const codes = (bytes: string, profile = profiles.strict): string[] | undefined =>
    looked(bytes, (anatomy) => [...verdict(anatomy, profile, now)].map(({ problem }) => problem));

  /** Looks at every part, and holds the verdicts of a few profiles against each other. */
  const dissect = (anatomy: Anatomy): string => {
    anatomy.timestamp();
    anatomy.carried();
    anatomy.parts();
    const firsts = Object.values(profiles).map((profile) => {
      const all = [...verdict(anatomy, profile, now)];
      const first = verifyMessage(anatomy, profile, now);
      assert.deepEqual(isProblem(first) ? first : undefined, all[0]);
      reportMessage(anatomy, profile, now);
      return all[0]?.problem ?? 'accepted';
    });
    return firsts.join(' ');
  };

  it(`is whole for ${MUTANTS} mutants of honest messages, and every verdict begins with what the server says`, () => {
    const honest = [
      message(),
      message({ signer: client('eboks'), keyInfo: ways.thumbprint(client('eboks').certificatePem) }),
      message({ references: [signed('TS', { transforms: [] }), signed('Body', { digest: URI.sha1 })] }),
    ];
    const seen = new Map<string, number>();
    for (let place = 0; place < MUTANTS; place += 1) {
      const dice = createDice(Math.imul(SEED, 0x9e3779b1) ^ place);
      const [one = '', other = ''] = [choose(dice, honest), choose(dice, honest)];
      const { body } = mutate(one, other, kinds[place % kinds.length] ?? 'mixed', dice);
      const found = looked(body, dissect) ?? 'no message';
      seen.set(found, (seen.get(found) ?? 0) + 1);
    }
    assert.ok(seen.size > 20, [...seen.keys()].join('\n'));
  }).timeout(60_000);

  it('is whole whatever key the message carries', () => {
    const rsa = (bytes: number, e = 'AQAB'): KeyObject =>
      createPublicKey({
        key: { kty: 'RSA', n: Buffer.alloc(bytes, 0xff).toString('base64url'), e },
        format: 'jwk',
      });
    const keys = [
      rsa(32),
      rsa(64),
      rsa(128),
      rsa(2100),
      rsa(256, Buffer.alloc(200, 0xff).toString('base64url')),
      nobodysKey(),
      generateKeyPairSync('ec', { namedCurve: 'secp521r1' }).publicKey,
      generateKeyPairSync('ed25519').publicKey,
      generateKeyPairSync('x25519').publicKey,
    ];
    for (const publicKey of keys) {
      const der = certificateOf({ subject: 'odd', publicKey, from: now - 1000, until: now + 1000 });
      for (const length of [1, 32, 128, 2100])
        for (const method of [URI.rsaSha256, URI.rsaSha1]) {
          const odd = message({
            token: tokenOf(der),
            signatureMethod: method,
            signature: () => Buffer.alloc(length, 1),
          });
          const told = looked(odd, dissect);
          assert.equal(told?.match(/accepted/g)?.length, 1, `accepted by the profile none only: ${told}`);
        }
    }
  }).timeout(60_000);

  describe('canonical octets', () => {
    let made = 0;
    const { canonicalize } = XmlDocument.prototype;
    before(() => {
      XmlDocument.prototype.canonicalize = function (...args: Parameters<typeof canonicalize>) {
        made += 1;
        return canonicalize.apply(this, args);
      };
    });
    after(() => {
      XmlDocument.prototype.canonicalize = canonicalize;
    });
    /** How many are made from now on. */
    const counted = (look: () => void): number => {
      made = 0;
      look();
      return made;
    };

    it('are made once each, however often a message is judged and told of', () => {
      looked(message(), (anatomy) => {
        const first = counted(() => assert.ok(!isProblem(verifyMessage(anatomy, profiles.observed, now))));
        assert.equal(first, 3, 'SignedInfo, Timestamp and Body');
        const again = counted(() => {
          verifyMessage(anatomy, profiles.strict, now);
          reportMessage(anatomy, profiles.observed, now);
        });
        assert.equal(again, 0);
      });
    });

    for (const [what, knobs, problem, number] of [
      ['none', { timestamp: timestampOf(now - 9_000_000) }, 'security.timestamp-expired', 0],
      [
        'SignedInfo’s alone',
        // Of a length that no other form of SignedInfo is tried for.
        { signature: () => Buffer.alloc(128, 1) },
        'security.signature-value',
        1,
      ],
    ] as const)
      it(`are made of what is looked at only: ${what} for ${problem}`, () => {
        looked(message(knobs), (anatomy) => {
          const octets = counted(() => {
            const refused = verifyMessage(anatomy, profiles.observed, now);
            assert.equal(isProblem(refused) && refused.problem, problem);
          });
          assert.equal(octets, number);
        });
      });
  });

  it('gives a verdict of everything that is wrong, in the order of the steps', () => {
    const late = { timestamp: timestampOf(now - 9_000_000, now - 8_000_000) };
    assert.deepEqual(codes(message()), []);
    assert.deepEqual(codes(message({ ...late, signer: client('utloept') }).replace('kari#', 'ola#')), [
      'security.timestamp-lifetime',
      'security.timestamp-expired',
      'security.certificate-expired',
      'security.digest',
    ]);
    assert.deepEqual(codes(message({ ...late, references: [signed('TS'), signed('X509')] })), [
      'security.timestamp-lifetime',
      'security.timestamp-expired',
      'security.coverage',
    ]);
    assert.deepEqual(
      codes(message({ timestamp: '<wsu:Timestamp wsu:Id="TS"/>' }).replaceAll('#Body', '#Bdy')),
      ['security.timestamp-form', 'security.reference-unresolved', 'security.signature-value'],
    );
  });

  it('has no key touched by a method that the profile does not take', () => {
    const wrong = message({ signatureMethod: URI.rsaSha1, signature: () => Buffer.alloc(256, 1) });
    assert.deepEqual(codes(wrong), ['security.algorithm']);
    assert.deepEqual(codes(wrong, profiles['14-05']), ['security.signature-value']);
  });

  const reported = (bytes: string): SecurityReport | undefined =>
    looked(bytes, (anatomy) => reportMessage(anatomy, profiles['14-05'], now));

  it('tries the key of the certificate that KeyInfo names, not of one that lies beside it', () => {
    const report = reported(
      message({
        signer: client('eboks'),
        token: tokenOf(derOf(client('digipost').certificatePem)),
        keyInfo: ways.issuerSerial(client('eboks').certificatePem),
      }),
    );
    assert.ok(report && !isProblem(report.verdict), JSON.stringify(report?.verdict));
    assert.deepEqual(
      [
        report.verdict.signer?.organisation,
        report.signature?.right,
        report.certificate?.organisation?.number,
      ],
      ['996460320', true, '996460320'],
    );
  });

  it('tries the key of a known certificate also where that is not to be believed', () => {
    const expired = client('utloept');
    const report = reported(message({ signer: expired, keyInfo: ways.thumbprint(expired.certificatePem) }));
    assert.ok(report && isProblem(report.verdict));
    assert.deepEqual(
      [report.verdict.problem, report.signature?.right],
      ['security.certificate-expired', true],
    );
  });
});
