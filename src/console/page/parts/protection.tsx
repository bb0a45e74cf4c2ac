// How a message is protected as a whole, in one sentence: what is to be seen before anything in its tree.

import { printable } from '../../../kernel/printable.ts';
import { elementsIn, type Side, type Tree, type TreeElement } from '../state/tree.ts';

const nameless = (name: string): string => name.replace(/^.*:/, '');

const bodyIn = (all: readonly TreeElement[]): TreeElement | undefined =>
  all.find(({ marks }) => marks.includes('body'));

/** A Body that is read and not signed, whatever else is. */
const UnsignedBody = ({ tree }: { readonly tree: Tree }) => {
  const all = elementsIn(tree.nodes);
  const body = bodyIn(all);
  if (!body?.marks.includes('not-signed')) return null;
  const others = tree.references.filter(({ at }) => {
    const target = all.find((one) => one.at === at);
    return target?.namespace === body.namespace && nameless(target.name) === nameless(body.name);
  });
  return (
    <p class="failure">
      The Body that is read is not signed.
      {others.map(({ place, uri }) => (
        <span key={place}>
          {' '}
          Reference {place} ({printable(uri)}) leads to another Body, which is not read.
        </span>
      ))}
    </p>
  );
};

/** The reference whose digest is of the Body, in words. */
const bodyReference = ({ references, nodes }: Tree): string => {
  const found = references.find(({ at }) => at === bodyIn(elementsIn(nodes))?.at);
  return found ? `Reference ${found.place} (${printable(found.uri)})` : 'The reference to the Body';
};

const sentenceOf = (tree: Tree, side: Side): string | undefined => {
  const { protection } = tree;
  switch (protection?.state) {
    case 'tls':
      return 'Protected by TLS, not signed: this service has no signatures in its messages.';
    case 'not-signed':
      return side === 'request'
        ? 'This request is not signed: it has no Signature.'
        : 'This answer is not signed: it has no Signature.';
    case 'signed-then-encrypted':
      return `Signed, then encrypted. ${bodyReference(tree)} has the digest of the Body as it was before: only who has the key of the client can read the Body and try that digest. Everything else can be tried without the key.`;
    case 'encrypted-then-signed':
      return `Encrypted, then signed. ${bodyReference(tree)} has the digest of the encrypted Body, as it stands here.`;
    case 'unknown':
      return `There is a Signature. What it signs cannot be told: ${printable(protection.why)}.`;
    default:
      return undefined;
  }
};

export const ProtectionView = ({ tree, side }: { readonly tree: Tree; readonly side: Side }) => {
  const sentence = sentenceOf(tree, side);
  return (
    <>
      {sentence !== undefined && <p class="lead">{sentence}</p>}
      {tree.protection?.state !== 'not-signed' && <UnsignedBody tree={tree} />}
    </>
  );
};
