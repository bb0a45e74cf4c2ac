// How strict a service is, as data: a profile lists what it takes, the checks read it.

import type { ProfileName } from '../kernel/configuration.ts';
import { algorithms } from './algorithms.ts';

export interface Profile {
  readonly name: ProfileName;
  /** False: messages need no Security header, and one that is there is not looked at. */
  readonly required: boolean;
  readonly canonicalizations: readonly string[];
  readonly signatures: readonly string[];
  readonly digests: readonly string[];
  /** Whether a Reference may have no Transforms (then inclusive Canonical XML 1.0 applies, XMLDSig §4.4.3.2). */
  readonly bareReferences: boolean;
  /** Whether enveloped-signature may be named, on elements that the Signature is not inside of: there it does nothing. */
  readonly envelopedTransforms: boolean;
  readonly timestamp: {
    readonly expiresRequired: boolean;
    /** The longest time from Created to Expires, or since Created where there is no Expires, in seconds. */
    readonly maxLifetime: number;
    /** How far the two clocks may differ, in seconds. */
    readonly skew: number;
  };
  /** Whether header blocks that the service processes must be signed where they are present. */
  readonly headersSigned: boolean;
  /** Certificate policies of which a signer's certificate must carry one; empty: any. */
  readonly policies: readonly string[];
  /** The shortest RSA key, of signers and of the authorities above them. */
  readonly minimumKeyBits: number;
  readonly replay: boolean;
  readonly answer: {
    readonly signed: boolean;
    /** The lifetime of the answer's Timestamp in seconds. */
    readonly lifetime: number;
  };
}

const documentedCanonicalizations = [
  algorithms.excC14n,
  `${algorithms.excC14n}WithComments`,
  algorithms.c14n,
  `${algorithms.c14n}#WithComments`,
];

/** What the owner documented for the 16-02 service [D], with the shortest lifetime that was documented along with it. */
const strict: Profile = {
  name: 'strict',
  required: true,
  canonicalizations: documentedCanonicalizations,
  signatures: [algorithms.rsaSha256],
  digests: [algorithms.sha256],
  bareReferences: false,
  envelopedTransforms: false,
  timestamp: { expiresRequired: true, maxLifetime: 120, skew: 60 },
  headersSigned: true,
  // Buypass SEID v1 test and production, Commfides test: the policies of organisation certificates.
  policies: ['2.16.578.1.26.1.0.3.2', '2.16.578.1.26.1.3.2', '2.16.578.1.29.913.1.1.0'],
  minimumKeyBits: 2048,
  replay: true,
  answer: { signed: true, lifetime: 60 },
};

/** What the real server was seen to accept [O]: half-hour lifetimes, SHA-1 digests, references without Transforms. */
const observed: Profile = {
  ...strict,
  name: 'observed',
  digests: [algorithms.sha256, algorithms.sha1],
  bareReferences: true,
  // [A]: node-soap names it by default, and it is harmless.
  envelopedTransforms: true,
  timestamp: { expiresRequired: false, maxLifetime: 1800, skew: 300 },
  headersSigned: false,
  policies: [],
};

/** EMULATOR: no security at all, for clients that cannot sign yet. */
const none: Profile = {
  ...observed,
  name: 'none',
  required: false,
  replay: false,
  answer: { signed: false, lifetime: 60 },
};

export const profiles: Readonly<Record<ProfileName, Profile>> = { observed, strict, none };

/** What the configuration may change about any profile. */
export interface ProfileOverrides {
  readonly maxLifetime?: number | undefined;
  readonly skew?: number | undefined;
  readonly replay: boolean;
}

export const tuneProfile = (profile: Profile, { maxLifetime, skew, replay }: ProfileOverrides): Profile => ({
  ...profile,
  timestamp: {
    ...profile.timestamp,
    maxLifetime: maxLifetime ?? profile.timestamp.maxLifetime,
    skew: skew ?? profile.timestamp.skew,
  },
  replay: profile.replay && replay,
});
