// What tests ask of profiles: their lines as people read them, and in which of them two differ.

import { profileNamed, resolveProfiles } from '../../src/security/profiles/custom-profiles.ts';
import { describeProfile } from '../../src/security/profiles/describe.ts';
import type { Line, Profile } from '../../src/security/profiles/profile.ts';

export const LINES: readonly Line[] = [
  ...(['signed parts', 'signature methods', 'digest methods', 'canonicalization'] as const),
  ...(['references without Transforms', 'enveloped-signature', 'key references'] as const),
  ...(['minimum RSA key', 'certificate policies', 'Timestamp lifetime', 'Expires', 'clock skew'] as const),
  ...(['replay', 'answer signature', 'answer certificate', 'answer Timestamp'] as const),
  ...(['answer confirmation', 'answer encryption'] as const),
];

export const linesOf = (profile: Profile): Map<Line, string> =>
  new Map(describeProfile(profile).map(({ line, value, basis }) => [line, `${value} [${basis}]`]));
export const ownOf = (own: unknown, name = 'own'): Profile =>
  profileNamed(resolveProfiles({ [name]: own }), name);

/** The lines in which one profile is described otherwise than another. */
export const changed = (before: Profile, after: Profile): Record<string, string | undefined> => {
  const [old, now] = [linesOf(before), linesOf(after)];
  return Object.fromEntries(
    LINES.filter((line) => old.get(line) !== now.get(line)).map((line) => [line, now.get(line)]),
  );
};
