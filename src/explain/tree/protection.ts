// How a message as a whole is protected, in one word: what the marks of its elements are read by.

import type { XmlElement } from 'libxml2-wasm';
import { isProblem } from '../../kernel/problem.ts';
import type { Anatomy } from '../../security/anatomy.ts';
import { ds, wsse, xenc } from '../../xml/names.ts';
import { children, isNamed } from '../../xml/tree.ts';
import { isEncrypted } from '../answer/seen.ts';
import { hasSignature } from '../covered.ts';
import type { TreeReference } from './marks.ts';
import { pathTo } from './path.ts';

/**
 * - `signed`: its references can be read
 * - `signed-then-encrypted`: the digest of the Body is over what was encrypted, and only who has the key can try it
 * - `encrypted-then-signed`: the digest of the Body is over the encrypted content, as it stands there
 * - `not-signed`: there is no Signature
 * - `tls`: there is none, and none is expected: the service is protected by TLS alone
 * - `unknown`: there is a Signature, and `why` it cannot be told what it signs
 */
export type Protection =
  | {
      readonly state: 'signed' | 'signed-then-encrypted' | 'encrypted-then-signed' | 'not-signed' | 'tls';
    }
  | { readonly state: 'unknown'; readonly why: string };

const securityIn = ({ envelope: { blocks } }: Anatomy): readonly XmlElement[] =>
  blocks.flatMap(({ element }) => (isNamed(element, wsse.uri, 'Security') ? children(element) : []));

/** Whoever protects a message writes each step before the earlier ones (WSS 1.1 §5): the last step stands first. */
const isEncryptedLast = (anatomy: Anatomy): boolean => {
  const parts = securityIn(anatomy);
  const key = parts.findIndex((one) => isNamed(one, xenc.uri, 'EncryptedKey'));
  return key >= 0 && key < parts.findIndex((one) => isNamed(one, ds.uri, 'Signature'));
};

/** @param secured whether the service expects signatures */
export const protectionOf = (
  anatomy: Anatomy,
  references: readonly TreeReference[],
  secured: boolean,
): Protection => {
  if (!hasSignature(anatomy)) return { state: secured ? 'not-signed' : 'tls' };
  const coverage = anatomy.coverage();
  if (isProblem(coverage)) {
    const { check, expected, found } = coverage.explanation;
    return { state: 'unknown', why: `${check}: expected ${expected}, found ${found}` };
  }
  const { envelope } = anatomy;
  const body = pathTo(envelope.body);
  const coversBody = references.some(({ at }) => at === body);
  if (!isEncrypted(envelope) || !coversBody) return { state: 'signed' };
  return { state: isEncryptedLast(anatomy) ? 'signed-then-encrypted' : 'encrypted-then-signed' };
};
