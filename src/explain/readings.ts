// What a DigestValue may mean besides what it says: other octets of the same digest, or the digest of another hash.

import { hash } from 'node:crypto';
import type { Cause } from './hypothesis.ts';

const HASHES = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'md5'] as const;
/** The fewest bytes of a digest that prove anything. */
const FEWEST = 10;

const RULE =
  'XML Signature §4.4.3.5 and §4.4.3.6: DigestValue is the base64 of the bytes of the digest that DigestMethod names';

const otherAlgorithm = (used: string, declared: string): Cause => ({
  cause: 'digest-of-other-algorithm',
  sentence: `the digest was made with ${used}, while DigestMethod says ${declared}`,
  why: 'DigestMethod was changed to SHA-256 in a template, and the code still makes SHA-1; or the reverse.',
  rule: RULE,
  remedy: `hash with ${declared}, or write the DigestMethod of ${used}`,
});
const inHex: Cause = {
  cause: 'digest-in-hex',
  sentence: 'the digest is right, but DigestValue holds it in hexadecimal',
  why: 'A tool prints digests in hexadecimal, and that text is pasted where base64 of the bytes belongs.',
  rule: RULE,
  remedy: 'write the base64 of the digest’s bytes, not of its hexadecimal text',
  stacks: {
    PHP: 'hash("sha256", $octets, true): the third argument gives bytes',
    'xml-crypto': 'getHash of a hash algorithm of your own returns digest("base64"), not digest("hex")',
  },
};
const base64Twice: Cause = {
  cause: 'digest-base64-twice',
  sentence: 'the digest is right, but DigestValue holds the base64 of its base64',
  why: 'The library returns base64 already, and the code encodes it once more.',
  rule: RULE,
  remedy: 'encode the bytes of the digest once',
};
const truncated: Cause = {
  cause: 'digest-truncated',
  sentence: 'DigestValue holds the beginning of the right digest, not all of it',
  why: 'The buffer for the digest is sized for another hash, or the text was cut by a field of fixed length.',
  rule: RULE,
  remedy: 'write the whole digest: a column or a buffer that is too short cuts it',
};
const ofDigest: Cause = {
  cause: 'digest-of-digest',
  sentence: 'the digest was hashed once more: DigestValue is the digest of a digest',
  why: 'The code hashes, and hands the result to a function that hashes again.',
  rule: RULE,
  remedy: 'hash the canonical octets once: hand the octets, not their digest, to the function that hashes',
};

/** All that a reading may come to; of other hashes one stands for all. */
export const readingCauses: readonly Cause[] = [
  otherAlgorithm('another hash', 'sha256'),
  inHex,
  base64Twice,
  truncated,
  ofDigest,
];

export interface Readings {
  /** Whether the octets have the digest as it is written. */
  readonly fits: (octets: Buffer | string) => boolean;
  /** What was done besides, where they have it in any reading: nothing, or one or two causes; undefined: they do not. */
  readonly explains: (octets: Buffer) => readonly Cause[] | undefined;
}

/** The bytes that are meant, with what was done to them. */
const meaningsOf = (digest: Buffer): { readonly bytes: Buffer; readonly done: readonly Cause[] }[] => {
  const texts = [digest.toString('latin1'), digest.toString('base64')];
  const hexadecimal = texts.filter((text) => /^(?:[0-9a-f]{2}){16,64}$/i.test(text));
  const [text = ''] = texts;
  const twice = /^[A-Za-z0-9+/]{22,88}={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  return [
    { bytes: digest, done: [] },
    ...hexadecimal.map((one) => ({ bytes: Buffer.from(one, 'hex'), done: [inHex] })),
    ...(twice ? [{ bytes: twice, done: [base64Twice] }] : []),
  ];
};

/** @param declared the hash that DigestMethod says */
export const readingsOf = (digest: Buffer, declared: string): Readings => {
  const meanings = meaningsOf(digest);
  const explains = (octets: Buffer): readonly Cause[] | undefined => {
    for (const name of HASHES) {
      const right = hash(name, octets, 'buffer');
      const other = name === declared ? [] : [otherAlgorithm(name, declared)];
      const meaning = meanings.find(({ bytes }) => bytes.equals(right));
      if (meaning) return [...other, ...meaning.done];
      const whole = digest.length < FEWEST || digest.length >= right.length;
      if (!whole && right.subarray(0, digest.length).equals(digest)) return [...other, truncated];
      const again = [right, right.toString('hex'), right.toString('base64')].map((one) =>
        hash(name, one, 'buffer'),
      );
      if (again.some((one) => one.equals(digest))) return [...other, ofDigest];
    }
    return undefined;
  };
  return { fits: (octets) => hash(declared, octets, 'buffer').equals(digest), explains };
};
