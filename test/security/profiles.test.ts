// Profiles: what the built-in ones say of themselves, and what a configuration changes about any of them.

import assert from 'node:assert/strict';
import { profileNamed, resolveProfiles } from '../../src/security/profiles/custom-profiles.ts';
import { describeProfile } from '../../src/security/profiles/describe.ts';
import type { Line, Profile } from '../../src/security/profiles/profile.ts';
import { builtInProfiles } from '../../src/security/profiles/profile.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { type ProfileOverrides, tuneProfile } from '../../src/security/profiles/tuning.ts';
import { changed, LINES, linesOf, ownOf } from './lines.ts';

describe('the built-in profiles', () => {
  for (const name of ['strict', 'observed', '14-05'] as const)
    it(`${name}: every line has a value and a tag`, () => {
      const described = describeProfile(profiles[name]);
      assert.deepEqual(
        described.map(({ line }) => line),
        LINES,
      );
      for (const { line, value, basis } of described) {
        assert.match(value, /\S/, line);
        assert.doesNotMatch(value, /undefined|http:|\[object/, line);
        assert.match(basis, /^(?:documented|observed|assumed)$/, line);
      }
    });

  it('say what is known of each', () => {
    const expected: Readonly<Record<string, Partial<Record<Line, string>>>> = {
      strict: {
        'signature methods': 'rsa-sha256 [documented]',
        'digest methods': 'sha256 [documented]',
        'key references': 'direct [documented]',
        'Timestamp lifetime': '120 s [documented]',
        'clock skew': '60 s [assumed]',
        'answer confirmation': 'SignatureConfirmation, signed [observed]',
        'answer encryption':
          'aes256-cbc, rsa-oaep-mgf1p, signed first; for services whose real counterpart encrypted [observed]',
      },
      observed: {
        'digest methods': 'sha256, sha1 [observed]',
        'key references': 'direct [documented]',
        'Timestamp lifetime': '1800 s [observed]',
        Expires: 'may be missing [assumed]',
        'certificate policies': 'any [assumed]',
      },
      '14-05': {
        'signature methods': 'rsa-sha1, rsa-sha256 [documented]',
        'key references': 'direct, issuerSerial, subjectKeyIdentifier, thumbprint [observed]',
        'answer signature': 'rsa-sha1, sha1 [observed]',
        'answer certificate': 'named (X509IssuerSerial) [observed]',
        'answer confirmation': 'none [assumed]',
        'answer encryption':
          'aes128-cbc, rsa-1_5, signed first; for services whose real counterpart encrypted [observed]',
      },
    };
    for (const [name, lines] of Object.entries(expected))
      for (const [line, text] of Object.entries(lines))
        assert.equal(linesOf(profileNamed(resolveProfiles({}), name)).get(line as Line), text, name);
  });

  it('none: nothing is left but that answers are not signed', () => {
    assert.deepEqual([...linesOf(profiles.none)], [['answer signature', 'none [observed]']]);
  });

  it('are those that the configuration knows', () => {
    assert.deepEqual([...resolveProfiles({}).keys()], [...builtInProfiles]);
  });
});

describe('a profile under a configuration', () => {
  const usual: ProfileOverrides = { replay: true, answerEncryption: 'service' };
  const tuned = (profile: Profile, overrides: Partial<ProfileOverrides>, byService = false): Profile =>
    tuneProfile(profile, { ...usual, ...overrides }, byService);
  const encryptionOf = (...of: Parameters<typeof tuned>): string | undefined =>
    linesOf(tuned(...of)).get('answer encryption');

  it('is as it was where nothing is configured and the service encrypted', () => {
    assert.deepEqual(tuned(profiles.strict, {}, true), profiles.strict);
  });

  it('has other numbers, and no replay check, where that is configured', () => {
    const asItWas = tuned(profiles.strict, {}, true);
    assert.deepEqual(changed(asItWas, tuned(profiles.strict, { maxLifetime: 5, skew: 0 }, true)), {
      'Timestamp lifetime': '5 s [configured]',
      'clock skew': '0 s [configured]',
    });
    assert.deepEqual(changed(asItWas, tuned(profiles.strict, { replay: false }, true)), {
      replay: 'taken [configured]',
    });
    assert.equal(tuned(ownOf({ replay: false }), {}).replay, false);
  });

  it('service: encrypts only where the real service did', () => {
    const [, own = ''] = /^(.*) \[/.exec(linesOf(profiles.strict).get('answer encryption') ?? '') ?? [];
    assert.equal(encryptionOf(profiles.strict, {}, true), `${own} [observed]`);
    assert.equal(encryptionOf(profiles.strict, {}, false), 'none [assumed]');
    assert.equal(encryptionOf(profiles['14-05'], {}, false), 'none [assumed]');
  });

  it('service: encrypts for every service what a profile of one’s own encrypts, or does not', () => {
    const encrypting = ownOf({
      answer: { encryption: { content: 'aes256-gcm', keyTransport: 'rsa-oaep-mgf1p' } },
    });
    for (const byService of [true, false])
      assert.equal(
        encryptionOf(encrypting, {}, byService),
        'aes256-gcm, rsa-oaep-mgf1p, signed first [configured]',
      );
    const child = profileNamed(
      resolveProfiles({
        own: { answer: { encryption: { content: 'aes256-gcm', keyTransport: 'rsa-1_5' } } },
        child: { extends: 'own', skew: 1 },
      }),
      'child',
    );
    assert.equal(encryptionOf(child, {}), 'aes256-gcm, rsa-1_5, signed first [configured]');
    for (const byService of [true, false])
      assert.equal(
        encryptionOf(ownOf({ answer: { encryption: false } }), {}, byService),
        'none [configured]',
      );
  });

  it('off: never encrypts', () => {
    for (const profile of [profiles.strict, profiles['14-05']])
      assert.equal(encryptionOf(profile, { answerEncryption: 'off' }, true), 'none [configured]');
  });

  it('profile: encrypts as the profile says, whatever the service did', () => {
    for (const byService of [true, false])
      assert.match(
        encryptionOf(profiles['14-05'], { answerEncryption: 'profile' }, byService) ?? '',
        /^aes128-cbc, rsa-1_5, .*\[configured\]$/,
      );
    assert.equal(
      encryptionOf(ownOf({ answer: { encryption: false } }), { answerEncryption: 'profile' }),
      'none [configured]',
    );
  });

  for (const cipher of ['aes128-cbc', 'aes256-cbc', 'aes128-gcm', 'aes256-gcm'] as const)
    it(`${cipher}: encrypts with it, and with the profile’s key transport`, () => {
      const wanted = { answerEncryption: cipher };
      assert.equal(
        encryptionOf(profiles.strict, wanted),
        `${cipher}, rsa-oaep-mgf1p, signed first [configured]`,
      );
      assert.equal(encryptionOf(profiles['14-05'], wanted), `${cipher}, rsa-1_5, signed first [configured]`);
      assert.equal(
        encryptionOf(ownOf({ answer: { encryption: false } }), wanted),
        `${cipher}, rsa-oaep-mgf1p, signed first [configured]`,
      );
    });

  it('encrypts nothing that it does not sign', () => {
    for (const answerEncryption of ['profile', 'aes128-gcm'] as const)
      assert.equal(tuned(profiles.none, { answerEncryption }, true).answer.encryption, undefined);
  });
});
