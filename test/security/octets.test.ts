// What digests and signatures are made over where something is missing: a problem or an error, never octets that mean nothing.

import assert from 'node:assert/strict';
import { XmlDocument, XmlElement } from 'libxml2-wasm';
import { isProblem } from '../../src/kernel/problem.ts';
import { openPki } from '../../src/pki/pki.ts';
import { algorithms } from '../../src/security/algorithms.ts';
import { type Anatomy, takeApart } from '../../src/security/anatomy.ts';
import { writtenName } from '../../src/security/answers/answer-form.ts';
import { type ResolvedReference, resolvedIn } from '../../src/security/coverage.ts';
import { verifyDigest, verifySignatureValue } from '../../src/security/digests.ts';
import { formOf, octetsIn } from '../../src/security/octets.ts';
import { securityProblem } from '../../src/security/problems.ts';
import { createSignerCache } from '../../src/security/signer.ts';
import { type Certificate, readPem } from '../../src/security/trust/certificate.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { readMessage } from '../../src/soap/read.ts';
import { openingOf } from '../attacks/arena.ts';
import { type Credentials, compose, usual } from '../attacks/message.ts';

const leafOf = ({ certificatePem }: Credentials): Certificate =>
  readPem(certificatePem)[0] ?? assert.fail('no certificate');
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const unformed = securityProblem('security.canonicalization', {
  check: 'octets',
  expected: 'some',
  found: 'none',
  rule: 'a rule',
  remedy: 'a remedy',
});

describe('octets that cannot be made', () => {
  const now = Date.now();
  let digipost: Credentials;
  let certificate: Certificate;
  before(async () => {
    const pki = await openPki(undefined, new Date(now));
    digipost = pki.clients.get('digipost') ?? assert.fail('digipost');
    certificate = leafOf(digipost);
  });

  /** A good message, taken apart, as long as it is looked at. */
  const taken = (look: (anatomy: Anatomy) => void): void => {
    const read = readMessage(Buffer.from(compose(usual(digipost, openingOf('kari#1234'), now))));
    assert.ok(!isProblem(read));
    using message = read;
    look(takeApart(message, createSignerCache(createTrustStore([], []))));
  };

  it('are a problem of the signature value', () =>
    taken((anatomy) => {
      const signature = anatomy.signature();
      assert.ok(!isProblem(signature));
      assert.equal(verifySignatureValue(anatomy, signature, certificate), undefined);
      const without = { ...anatomy, signedInfo: () => unformed };
      assert.equal(verifySignatureValue(without, signature, certificate), unformed);
    }));

  it('are a problem of a digest', () =>
    taken((anatomy) => {
      const coverage = anatomy.coverage();
      assert.ok(!isProblem(coverage));
      const [reference = assert.fail('no reference')] = resolvedIn(coverage);
      assert.equal(verifyDigest(anatomy, reference, certificate), undefined);
      const without = { ...anatomy, octets: () => unformed };
      assert.equal(verifyDigest(without, reference, certificate), unformed);
    }));

  it('are an error by a canonicalization that nobody knows', () => {
    assert.throws(
      () => formOf({ algorithm: 'urn:nothing', prefixes: [] }),
      /no canonicalization urn:nothing/,
    );
  });
});

describe('the token that a certificate becomes', () => {
  const written = (reference: string): string => {
    using document = XmlDocument.fromString(reference);
    const target = document.root;
    assert.ok(target instanceof XmlElement);
    const resolved = { target, dereferenced: true, token: undefined } as unknown as ResolvedReference;
    return octetsIn(
      document,
      resolved,
      formOf({ algorithm: algorithms.excC14n, prefixes: [] }),
      Buffer.from('certificate'),
    ).toString();
  };

  it('has the prefix of its reference, and wsse where that has none', () => {
    assert.match(
      written(`<s:SecurityTokenReference xmlns:s="${WSSE}"/>`),
      /^<s:BinarySecurityToken xmlns="" xmlns:s="/,
    );
    assert.match(
      written(`<SecurityTokenReference xmlns="${WSSE}"/>`),
      /^<wsse:BinarySecurityToken xmlns="" xmlns:wsse="/,
    );
  });
});

describe('the name of a certificate in an EncryptedKey', () => {
  it('is written, the first time and the next', async () => {
    const pki = await openPki(undefined, new Date());
    const certificate = leafOf(pki.clients.get('eboks') ?? assert.fail('eboks'));
    const first = writtenName(certificate);
    assert.match(first, /X509IssuerName>[^<]*CN=/);
    assert.equal(writtenName(certificate), first);
  });
});
