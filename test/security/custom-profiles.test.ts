// Profiles of the user's own: what each setting changes, how they extend one another, and what is said of mistakes.

import assert from 'node:assert/strict';
import { ConfigurationError } from '../../src/kernel/user-error.ts';
import { profileNamed, resolveProfiles } from '../../src/security/profiles/custom-profiles.ts';
import type { Line } from '../../src/security/profiles/profile.ts';
import { builtInProfiles } from '../../src/security/profiles/profile.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { changed, linesOf, ownOf } from './lines.ts';

describe('profiles of one’s own', () => {
  // Each setting alone: the line that it changes, with its value.
  const settings: readonly [unknown, Line, string][] = [
    [
      { canonicalizations: ['exc-c14n', 'c14n-with-comments'] },
      'canonicalization',
      'exclusive, inclusive with comments',
    ],
    [
      {
        canonicalizations: [
          'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
          'c14n',
          'exc-c14n-with-comments',
        ],
      },
      'canonicalization',
      'exclusive with comments, inclusive, exclusive with comments',
    ],
    [{ signatures: ['rsa-sha1'] }, 'signature methods', 'rsa-sha1'],
    [
      { signatures: ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'rsa-sha256'] },
      'signature methods',
      'rsa-sha1, rsa-sha256',
    ],
    [{ digests: ['sha1'] }, 'digest methods', 'sha1'],
    [{ bareReferences: false }, 'references without Transforms', 'refused'],
    [{ envelopedTransforms: false }, 'enveloped-signature', 'refused'],
    [{ keyReferences: ['thumbprint', 'direct'] }, 'key references', 'thumbprint, direct'],
    [{ expiresRequired: true }, 'Expires', 'required'],
    [{ maxLifetime: 7 }, 'Timestamp lifetime', '7 s'],
    [{ skew: 0 }, 'clock skew', '0 s'],
    [{ headersSigned: true }, 'signed parts', 'Timestamp, Body, header blocks that the service processes'],
    [{ minimumKeyBits: 3072 }, 'minimum RSA key', '3072 bits'],
    [{ policies: ['1.2.3', '2.16.578.1'] }, 'certificate policies', '1.2.3, 2.16.578.1'],
    [{ replay: false }, 'replay', 'taken'],
    [{ answer: { signature: 'rsa-sha1' } }, 'answer signature', 'rsa-sha1, sha256'],
    [{ answer: { digest: 'sha1' } }, 'answer signature', 'rsa-sha256, sha1'],
    [{ answer: { lifetime: 300 } }, 'answer Timestamp', '300 s'],
    [{ answer: { reference: 'issuerSerial' } }, 'answer certificate', 'named (X509IssuerSerial)'],
    [{ answer: { confirmation: false } }, 'answer confirmation', 'none'],
    [{ answer: { encryption: false } }, 'answer encryption', 'none'],
    [
      { answer: { encryption: { content: 'aes128-gcm', keyTransport: 'rsa-1_5' } } },
      'answer encryption',
      'aes128-gcm, rsa-1_5, signed first',
    ],
  ];
  for (const [own, line, value] of settings)
    it(`${JSON.stringify(own)} changes the line "${line}" and no other, and is called configured`, () => {
      assert.deepEqual(changed(profiles.observed, ownOf(own)), { [line]: `${value} [configured]` });
    });

  it('are called configured also where they say what was there before', () => {
    assert.deepEqual(changed(profiles.observed, ownOf({ skew: 300 })), {
      'clock skew': '300 s [configured]',
    });
  });

  it('have the name that they were given, and are otherwise what they extend', () => {
    for (const base of builtInProfiles) {
      assert.deepEqual(ownOf({ extends: base }), { ...profiles[base], name: 'own' });
    }
    assert.deepEqual(ownOf({}), { ...profiles.observed, name: 'own' });
  });

  it('may sign no answers', () => {
    const own = ownOf({ extends: 'strict', answer: { signed: false } });
    assert.equal(own.answer.signed, false);
    assert.equal(linesOf(own).get('answer signature'), 'none [configured]');
    assert.equal(linesOf(own).has('answer encryption'), false);
  });

  it('may ask for security where what they extend does not, and the other way round', () => {
    const strict = ownOf({ extends: 'none', required: true, replay: true });
    assert.deepEqual(
      [strict.required, linesOf(strict).get('signed parts')],
      [true, 'Timestamp, Body [configured]'],
    );
    const open = ownOf({ extends: 'strict', required: false });
    assert.deepEqual([open.required, linesOf(open).has('signed parts')], [false, false]);
  });

  it('extend one another, and keep what each changed', () => {
    const all = resolveProfiles({
      first: { extends: 'strict', skew: 5, answer: { digest: 'sha1' } },
      second: { extends: 'first', maxLifetime: 9, answer: { lifetime: 11 } },
      third: { extends: 'second', skew: 6 },
    });
    assert.deepEqual(changed(profiles.strict, profileNamed(all, 'third')), {
      'clock skew': '6 s [configured]',
      'Timestamp lifetime': '9 s [configured]',
      'answer signature': 'rsa-sha256, sha1 [configured]',
      'answer Timestamp': '11 s [configured]',
    });
    assert.equal(profileNamed(all, 'second').timestamp.skew, 5);
    assert.deepEqual([...all.keys()], [...builtInProfiles, 'first', 'second', 'third']);
  });

  it('leave the built-in ones as they are', () => {
    const before = structuredClone(profiles);
    resolveProfiles({ own: { extends: 'strict', skew: 1, answer: { lifetime: 1 } } });
    assert.deepEqual(profiles, before);
  });

  // What is wrong, and what the one line must say.
  const mistakes: readonly [unknown, RegExp][] = [
    [
      { extends: 'stict' },
      /own: it extends "stict", which is not there; there are observed, strict, 14-05, none$/,
    ],
    [{ extends: 5 }, /own: extends: /],
    [{ sku: 5 }, /own: .*"sku"/],
    [{ answer: { sku: 5 } }, /own: answer: .*"sku"/],
    [{ answer: true }, /own: answer: /],
    [
      { signatures: ['hmac-sha1'] },
      /own: signatures\.0: there is no algorithm "hmac-sha1"; there are rsa-sha256, rsa-sha1$/,
    ],
    [{ digests: ['sha256', 'md5'] }, /own: digests\.1: there is no algorithm "md5"; there are sha256, sha1$/],
    [{ digests: [] }, /own: digests: /],
    [{ digests: 'sha1' }, /own: digests: /],
    [
      { canonicalizations: ['xml-c14n11'] },
      /own: canonicalizations\.0: .*there are exc-c14n, exc-c14n-with-comments, c14n, c14n-with-comments$/,
    ],
    [{ keyReferences: ['embedded'] }, /own: keyReferences\.0: .*"direct".*"issuerSerial"/],
    [{ expiresRequired: 'yes' }, /own: expiresRequired: /],
    [{ maxLifetime: 0 }, /own: maxLifetime: /],
    [{ maxLifetime: 90_000 }, /own: maxLifetime: /],
    [{ skew: -1 }, /own: skew: /],
    [{ skew: 1.5 }, /own: skew: /],
    [{ minimumKeyBits: 512 }, /own: minimumKeyBits: /],
    [{ policies: ['any'] }, /own: policies\.0: /],
    [{ answer: { lifetime: 0 } }, /own: answer\.lifetime: /],
    [{ answer: { signature: 'rsa-sha512' } }, /own: answer\.signature: there is no algorithm "rsa-sha512"/],
    [{ answer: { reference: 'thumbprint' } }, /own: answer\.reference: /],
    [{ answer: { encryption: true } }, /own: answer\.encryption: /],
    [{ answer: { encryption: 'aes128-gcm' } }, /own: answer\.encryption: /],
    [
      { answer: { encryption: { content: 'tripledes-cbc', keyTransport: 'rsa-1_5' } } },
      /own: answer\.encryption\.content: there is no algorithm "tripledes-cbc"; there are aes128-cbc, aes256-cbc, aes128-gcm, aes256-gcm$/,
    ],
    [
      { answer: { encryption: { content: 'aes128-cbc', keyTransport: 'rsa-oaep' } } },
      /own: answer\.encryption\.keyTransport: there is no algorithm "rsa-oaep"; there are rsa-oaep-mgf1p, rsa-1_5$/,
    ],
    [{ answer: { encryption: { content: 'aes128-cbc' } } }, /own: answer\.encryption\.keyTransport: /],
    [null, /own: the profile: /],
    ['strict', /own: the profile: /],
    [[], /own: the profile: /],
  ];
  for (const [own, line] of mistakes)
    it(`${JSON.stringify(own)} is refused in one line that names profile and setting`, () => {
      assert.throws(
        () => resolveProfiles({ own }),
        (error) => {
          assert.ok(error instanceof ConfigurationError);
          assert.match(error.message, /^securityProfiles: [^\n]+$/);
          assert.match(error.message, line);
          return true;
        },
      );
    });

  it('cannot take a built-in name, nor extend what comes later', () => {
    for (const name of builtInProfiles)
      assert.throws(
        () => resolveProfiles({ [name]: {} }),
        new RegExp(`${name}: a built-in profile cannot be changed`),
      );
    assert.throws(
      () => resolveProfiles({ first: { extends: 'second' }, second: {} }),
      /first: it extends "second", which is not there/,
    );
    assert.throws(() => resolveProfiles({ own: { extends: 'own' } }), /own: it extends "own"/);
  });

  it('that are not there are named with those that are', () => {
    assert.throws(
      () => profileNamed(resolveProfiles({ mine: {} }), 'your'),
      /^Error: there is no security profile "your"; there are observed, strict, 14-05, none, mine$/,
    );
  });
});
