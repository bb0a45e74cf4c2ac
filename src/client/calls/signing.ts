// How a client signs, by the short names of the command line.

import { algorithms } from '../../security/algorithms.ts';
import { type Signing, usualSigning } from '../security-header.ts';

export const references = {
  direct: 'direct',
  'issuer-serial': 'issuerSerial',
  ski: 'subjectKeyIdentifier',
  thumbprint: 'thumbprint',
} as const;
export const signatureNames = { 'rsa-sha256': algorithms.rsaSha256, 'rsa-sha1': algorithms.rsaSha1 } as const;
export const digestNames = { sha256: algorithms.sha256, sha1: algorithms.sha1 } as const;
export const canonicalizationNames = {
  exclusive: algorithms.excC14n,
  'exclusive-with-comments': `${algorithms.excC14n}WithComments`,
  inclusive: algorithms.c14n,
  'inclusive-with-comments': `${algorithms.c14n}#WithComments`,
} as const;

export interface SigningOptions {
  readonly keyReference?: keyof typeof references;
  readonly signature?: keyof typeof signatureNames;
  readonly digest?: keyof typeof digestNames;
  readonly c14n?: keyof typeof canonicalizationNames;
}

/** What was asked for, over what every profile takes. */
export const signingOf = ({ keyReference, signature, digest, c14n }: SigningOptions): Signing => ({
  ...usualSigning,
  ...(keyReference ? { reference: references[keyReference] } : {}),
  ...(signature ? { signature: signatureNames[signature] } : {}),
  ...(digest ? { digest: digestNames[digest] } : {}),
  ...(c14n ? { canonicalization: canonicalizationNames[c14n] } : {}),
});
