// The built-in profiles: what each takes and gives. The checks read them, and so can people (kontakt contract --security).

import { algorithms, encryption } from '../algorithms.ts';
import { MINIMUM_KEY_BITS } from '../trust/trust.ts';
import type { builtInProfiles, Profile } from './profile.ts';

/** What the owner documented for the 16-02 service [D], with the shortest lifetime that was documented along with it. */
const strict: Profile = {
  name: 'strict',
  required: true,
  canonicalizations: [
    algorithms.excC14n,
    `${algorithms.excC14n}WithComments`,
    algorithms.c14n,
    `${algorithms.c14n}#WithComments`,
  ],
  signatures: [algorithms.rsaSha256],
  digests: [algorithms.sha256],
  bareReferences: false,
  envelopedTransforms: false,
  keyReferences: ['direct'],
  timestamp: { expiresRequired: true, maxLifetime: 120, skew: 60 },
  headersSigned: true,
  minimumKeyBits: MINIMUM_KEY_BITS,
  // Buypass SEID v1 test and production, Commfides test: the policies of organisation certificates.
  policies: ['2.16.578.1.26.1.0.3.2', '2.16.578.1.26.1.3.2', '2.16.578.1.29.913.1.1.0'],
  replay: true,
  answer: {
    signed: true,
    lifetime: 60,
    signature: algorithms.rsaSha256,
    digest: algorithms.sha256,
    reference: 'direct',
    confirmation: true,
    encryption: { content: encryption.aes256Cbc, keyTransport: encryption.rsaOaep, everywhere: false },
  },
  bases: {
    'signed parts': 'documented',
    'signature methods': 'documented',
    'digest methods': 'documented',
    canonicalization: 'documented',
    'references without Transforms': 'documented',
    'enveloped-signature': 'documented',
    'key references': 'documented',
    'minimum RSA key': 'observed',
    'certificate policies': 'observed',
    'Timestamp lifetime': 'documented',
    Expires: 'assumed',
    'clock skew': 'assumed',
    replay: 'assumed',
    'answer signature': 'observed',
    'answer certificate': 'observed',
    'answer Timestamp': 'observed',
    'answer confirmation': 'observed',
    'answer encryption': 'observed',
  },
};

/** What the real 16-02 server was seen to accept [O]: half-hour lifetimes, SHA-1 digests, references without Transforms. */
const observed: Profile = {
  ...strict,
  name: 'observed',
  digests: [algorithms.sha256, algorithms.sha1],
  bareReferences: true,
  // node-soap names it by default, and it is harmless.
  envelopedTransforms: true,
  timestamp: { expiresRequired: false, maxLifetime: 1800, skew: 300 },
  headersSigned: false,
  policies: [],
  bases: {
    ...strict.bases,
    'signed parts': 'observed',
    'digest methods': 'observed',
    'references without Transforms': 'observed',
    'enveloped-signature': 'assumed',
    'certificate policies': 'assumed',
    'Timestamp lifetime': 'observed',
  },
};

/** The years of the 14-05 service [D/O]: SHA-1 throughout, certificates named instead of carried, PKCS#1 1.5 key transport. */
const era1405: Profile = {
  ...observed,
  name: '14-05',
  signatures: [algorithms.rsaSha1, algorithms.rsaSha256],
  digests: [algorithms.sha1, algorithms.sha256],
  keyReferences: ['direct', 'issuerSerial', 'subjectKeyIdentifier', 'thumbprint'],
  answer: {
    signed: true,
    lifetime: 60,
    signature: algorithms.rsaSha1,
    digest: algorithms.sha1,
    reference: 'issuerSerial',
    // SignatureConfirmation came with WSS 1.1.
    confirmation: false,
    encryption: { content: encryption.aes128Cbc, keyTransport: encryption.rsa15, everywhere: false },
  },
  bases: {
    ...observed.bases,
    'key references': 'observed',
    'signed parts': 'assumed',
    'references without Transforms': 'assumed',
    'Timestamp lifetime': 'assumed',
    'answer confirmation': 'assumed',
  },
};

/** EMULATOR: no security at all, for clients that cannot sign yet. */
const none: Profile = {
  ...observed,
  name: 'none',
  required: false,
  replay: false,
  answer: { ...observed.answer, signed: false, confirmation: false, encryption: undefined },
};

export const profiles: Readonly<Record<(typeof builtInProfiles)[number], Profile>> = {
  observed,
  strict,
  '14-05': era1405,
  none,
};

/** The built-in profiles by name. */
export const builtIn: ReadonlyMap<string, Profile> = new Map(Object.entries(profiles));
