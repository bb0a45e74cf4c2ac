// The canonical forms that signers mix up, each with what the message says instead.

import type { XmlElement } from 'libxml2-wasm';
import type { Cause, Making, Subject } from '../hypothesis.ts';

/** How many prefixes in scope are tried alone as a PrefixList. */
const MOST_PREFIXES = 12;

const RULE = 'XML Signature §4.4.3.2; Exclusive XML Canonicalization §2.1';

const prefixesInScope = (element: XmlElement): string[] => {
  const found = new Set<string>();
  for (let one: XmlElement | null = element; one; one = one.parent)
    for (const prefix of Object.keys(one.nsDeclarations)) found.add(prefix === '' ? '#default' : prefix);
  return [...found];
};

const some = (octets: Buffer | undefined): Buffer[] => (octets ? [octets] : []);
const plain = ({ form }: Subject) => ({ comments: form.comments ?? false, prefixes: [] });

export const transformsMissing: Making = {
  cause: 'transforms-missing',
  sentence:
    'the digest was made over exclusive canonical XML, and the Reference says no Transform: without one it is inclusive canonical XML',
  why: 'The signer makes an exclusive form and writes no Transform. Without one the inclusive form counts.',
  rule: RULE,
  remedy: 'write a Transform with http://www.w3.org/2001/10/xml-exc-c14n# into the Reference',
  octets: (subject) => (subject.written ? [] : some(subject.inForm({ ...plain(subject), exclusive: true }))),
};

export const inclusiveLabelledExclusive: Making = {
  cause: 'inclusive-labelled-exclusive',
  // The octets do not tell the two apart: a PrefixList of all that is in scope makes the exclusive form the inclusive one.
  sentence:
    'inclusive canonical XML was hashed, or exclusive with a PrefixList of every prefix in scope: the octets are the same; the message says exclusive, without these prefixes',
  why: "The library's default is the inclusive form, and the address of the exclusive one is written. Seldom it is a PrefixList that is used and not written.",
  rule: RULE,
  remedy:
    'let the client canonicalize as it writes: xml-exc-c14n# leaves out declarations that the element does not use, but for those of a PrefixList, which InclusiveNamespaces has to name',
  stacks: {
    PHP: 'call C14N(true) for the exclusive form, not C14N()',
    zeep: 'etree.tostring(node, method="c14n", exclusive=True)',
  },
  octets: (subject) =>
    subject.form.exclusive ? some(subject.inForm({ ...plain(subject), exclusive: false })) : [],
};

export const exclusiveLabelledInclusive: Making = {
  cause: 'exclusive-labelled-inclusive',
  sentence: 'exclusive canonical XML was hashed, while the message says inclusive',
  why: 'The library makes the exclusive form, and the address of the inclusive one is written.',
  rule: RULE,
  remedy: 'write http://www.w3.org/2001/10/xml-exc-c14n# as the algorithm, which is what was done',
  stacks: { PHP: 'C14N(true) is xml-exc-c14n#' },
  octets: (subject) =>
    subject.written && !subject.form.exclusive
      ? some(subject.inForm({ ...plain(subject), exclusive: true }))
      : [],
};

export const prefixListWrittenNotUsed: Making = {
  cause: 'prefix-list-written-not-used',
  sentence: 'the PrefixList that the message writes was not used when the digest was made',
  why: 'The signer writes InclusiveNamespaces, and makes the digest without them.',
  rule: RULE,
  remedy: 'leave InclusiveNamespaces out, or hand its prefixes to the canonicalization too',
  stacks: { 'CXF/WSS4J': 'set addInclusivePrefixes to false (WSS4J 1.6: isBSPCompliant to false)' },
  octets: (subject) =>
    subject.form.exclusive && subject.form.prefixes.length > 0
      ? some(subject.inForm({ ...plain(subject), exclusive: true }))
      : [],
};

export const prefixListUsedNotWritten: Making = {
  cause: 'prefix-list-used-not-written',
  sentence: 'the digest was made with a PrefixList that the message does not write',
  why: 'The signer counts prefixes of a PrefixList, and leaves InclusiveNamespaces out of the message.',
  rule: RULE,
  remedy: 'write the prefixes into InclusiveNamespaces of the Transform, or canonicalize without them',
  *octets(subject) {
    if (!subject.form.exclusive) return;
    const scope = prefixesInScope(subject.element);
    const lists = [scope, ...scope.slice(0, MOST_PREFIXES).map((one) => [one])];
    for (const prefixes of lists)
      yield* some(subject.inForm({ ...plain(subject), exclusive: true, prefixes }));
  },
};

export const commentCounted: Making = {
  cause: 'comment-counted',
  sentence: 'the digest was made over the comments too, which do not count here',
  why: 'The signer hashes comments too. A reference by Id leaves them out.',
  rule: 'XML Signature §4.4.3.3: a reference by Id leaves comments out; SignedInfo has them where its method says WithComments',
  remedy: 'send no comments in what is signed, or canonicalize without them',
  // Where they count, a comment that came later is another cause.
  octets: ({ form, inForm }) => (form.comments ? [] : some(inForm({ ...form, comments: true }))),
};

/** The other form of the two, and over the comments besides. */
export const bothOtherwise = (
  subject: Subject,
): { readonly causes: readonly Cause[]; readonly octets: Buffer; readonly between: Buffer | undefined }[] => {
  const { form, written, inForm } = subject;
  if (form.comments) return [];
  const label = form.exclusive
    ? inclusiveLabelledExclusive
    : written
      ? exclusiveLabelledInclusive
      : transformsMissing;
  const octets = some(inForm({ exclusive: !form.exclusive, comments: true, prefixes: [] }));
  const between = inForm({ exclusive: !form.exclusive, comments: false, prefixes: [] });
  return octets.map((one) => ({ causes: [label, commentCounted], octets: one, between }));
};
