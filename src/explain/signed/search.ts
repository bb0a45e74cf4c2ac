// Why a SignatureValue does not verify: what the signature is of can be read from it, with the public key.

import type { KeyObject } from 'node:crypto';
import type { Cause, Subject } from '../hypothesis.ts';
import { readingsOf } from '../readings.ts';
import { type Outcome, search } from '../search.ts';
import * as causes from './causes.ts';
import { pssHash, recover } from './value.ts';

/** A key that somebody is known to have. */
export interface KnownKey {
  readonly owner: string;
  readonly key: KeyObject;
}

export interface SignatureFinding {
  readonly causes: readonly Cause[];
  /** Whether the causes are proved. */
  readonly certain: boolean;
  /** What changed SignedInfo, where that was proved. */
  readonly how?: readonly Cause[];
  /** What was signed, where that was found. */
  readonly octets?: Buffer;
}

/** What is known of a reference's digest, told of a signature. */
const SAME_HERE: Readonly<Record<string, Cause>> = {
  'digest-of-raw-text': causes.raw,
  'digest-of-other-element': causes.ofOtherElement,
  'digest-of-document': causes.ofOtherElement,
  'digest-of-content': causes.ofOtherElement,
  'digest-of-text': causes.ofOtherElement,
  'digest-of-nothing': causes.ofOtherElement,
  'digest-of-digest': causes.ofDigest,
};
/** What a signer does otherwise, where nobody changed anything. */
const OTHER_FORMS = new Set([
  'inclusive-labelled-exclusive',
  'exclusive-labelled-inclusive',
  'prefix-list-used-not-written',
  'prefix-list-written-not-used',
  'transforms-missing',
  'comment-counted',
  'digest-of-other-encoding',
]);

const toldOf = ({ proof }: Outcome, besides: readonly Cause[]): SignatureFinding => {
  if (!proof) return { causes: [...besides, causes.signedInfoChanged], certain: false };
  const [first] = proof.causes;
  if (!first) return { causes: besides, certain: true, octets: proof.octets };
  const same = SAME_HERE[first.cause];
  if (same) return { causes: [...besides, same], certain: true, octets: proof.octets };
  const cause = OTHER_FORMS.has(first.cause) ? causes.canonicalizedOtherwise : causes.signedInfoChanged;
  return { causes: [...besides, cause], certain: true, how: proof.causes, octets: proof.octets };
};

const ownerOf = (value: Buffer, known: readonly KnownKey[]): string | undefined =>
  known.find(({ key }) => key.asymmetricKeyType === 'rsa' && recover(value, key)?.hash !== undefined)?.owner;

/** Of a signature that is none by the key of the certificate. */
const strange = (
  subject: Subject,
  value: Buffer,
  key: KeyObject,
  known: readonly KnownKey[],
): SignatureFinding => {
  if (pssHash(subject.octets, value, key)) return { causes: [causes.pss], certain: true };
  const owner = ownerOf(value, known);
  if (owner !== undefined) return { causes: [causes.wrongKey(owner)], certain: true };
  const bytes = Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
  const short = value.length < bytes;
  return {
    causes: [short ? causes.truncated(value.length, bytes) : causes.wrongKey(undefined)],
    certain: false,
  };
};

/**
 * @param subject SignedInfo
 * @param declared the hash that SignatureMethod says
 * @param key of the certificate
 * @param known keys of others, one of which may have signed
 */
export function* searchSignature(
  subject: Subject,
  value: Buffer,
  declared: string,
  key: KeyObject,
  known: readonly KnownKey[],
): Generator<void, SignatureFinding> {
  const inside = key.asymmetricKeyType === 'rsa' ? recover(value, key) : undefined;
  if (!inside) return strange(subject, value, key, known);
  const used = inside.hash ?? declared;
  const outcome = yield* search(subject, readingsOf(inside.digest, used));
  return toldOf(outcome, [
    ...inside.done,
    ...(used === declared ? [] : [causes.otherHash(used, declared)]),
    ...(inside.hash === undefined ? [causes.withoutDigestInfo] : []),
  ]);
}
