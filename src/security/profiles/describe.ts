// A profile as lines for people, each with the tag that says how well it is known.

import { algorithms } from '../algorithms.ts';
import type { Line, LineBasis, Profile } from './profile.ts';

const NAMES: Readonly<Record<string, string>> = {
  [algorithms.excC14n]: 'exclusive',
  [`${algorithms.excC14n}WithComments`]: 'exclusive with comments',
  [algorithms.c14n]: 'inclusive',
  [`${algorithms.c14n}#WithComments`]: 'inclusive with comments',
};

/** The last part of an algorithm's identifier, as people name it. */
export const shortName = (uri: string): string => NAMES[uri] ?? uri.replace(/^.*[#/]/, '');
const list = (uris: readonly string[]): string => uris.map(shortName).join(', ');
const taken = (is: boolean): string => (is ? 'taken' : 'refused');

const valuesOf = (profile: Profile): Record<Line, string> => {
  const { timestamp, answer, policies } = profile;
  const { encryption } = answer;
  return {
    'signed parts': `Timestamp, Body${profile.headersSigned ? ', header blocks that the service processes' : ''}`,
    'signature methods': list(profile.signatures),
    'digest methods': list(profile.digests),
    canonicalization: list(profile.canonicalizations),
    'references without Transforms': taken(profile.bareReferences),
    'enveloped-signature': profile.envelopedTransforms ? 'taken where it changes nothing' : 'refused',
    'key references': profile.keyReferences.join(', '),
    'minimum RSA key': `${profile.minimumKeyBits} bits`,
    'certificate policies': policies.join(', ') || 'any',
    'Timestamp lifetime': `${timestamp.maxLifetime} s`,
    Expires: timestamp.expiresRequired ? 'required' : 'may be missing',
    'clock skew': `${timestamp.skew} s`,
    replay: profile.replay ? 'refused' : 'taken',
    'answer signature': answer.signed
      ? `${shortName(answer.signature)}, ${shortName(answer.digest)}`
      : 'none',
    'answer certificate':
      answer.reference === 'direct' ? 'carried (BinarySecurityToken)' : 'named (X509IssuerSerial)',
    'answer Timestamp': `${answer.lifetime} s`,
    'answer confirmation': answer.confirmation ? 'SignatureConfirmation, signed' : 'none',
    'answer encryption': encryption
      ? `${shortName(encryption.content)}, ${shortName(encryption.keyTransport)}, signed first${encryption.everywhere ? '' : '; for services whose real counterpart encrypted'}`
      : 'none',
  };
};

/** What holds under the profile, line by line; of one without security only what is left. */
export const describeProfile = (
  profile: Profile,
): { readonly line: Line; readonly value: string; readonly basis: LineBasis }[] =>
  (Object.entries(valuesOf(profile)) as [Line, string][])
    .filter(([line]) =>
      line.startsWith('answer ') ? profile.answer.signed || line === 'answer signature' : profile.required,
    )
    .map(([line, value]) => ({ line, value, basis: profile.bases[line] }));
