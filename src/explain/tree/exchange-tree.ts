// A message of an exchange as a tree: which reference signs what, which Body is read, what is not signed.

import type { JournalEntry } from '../../journal/entry.ts';
import { answerLimits } from '../../kernel/limits.ts';
import { isProblem, type Problem, type QName } from '../../kernel/problem.ts';
import { type Expected, takeApart } from '../../security/anatomy.ts';
import { inAnswers } from '../../security/answers/confirmation.ts';
import { envelopeIn } from '../../soap/read.ts';
import { guard } from '../../xml/guard.ts';
import { xenc } from '../../xml/names.ts';
import { parse } from '../../xml/parse.ts';
import type { ExchangeMaterial } from '../exchange.ts';
import { charsetIn, type Side } from '../exchange-octets.ts';
import { inSlices } from '../slices.ts';
import { type Marked, marksOf, type TreeReference } from './marks.ts';
import type { Protection } from './protection.ts';
import { type Asked, type TreeNode, treeOf } from './tree.ts';

/** Nodes of a message, and what its signature refers to. */
export interface Tree {
  /** Null: it is no SOAP message, and nothing is said to be signed or read. */
  readonly protection: Protection | null;
  /** In the order of the signature. */
  readonly references: readonly TreeReference[];
  readonly nodes: readonly TreeNode[];
}

export interface TreeAsked extends Asked {
  readonly side: Side;
}

type Material = Pick<ExchangeMaterial, 'signers' | 'addressees'>;
type None = { readonly none: string };

const NOTHING: Marked = { protection: null, references: [], elements: new Map() };

const none = ({ explanation: { check, found } }: Problem, { number }: JournalEntry, side: Side): None => ({
  none: `the ${side} of exchange ${number} is no XML that can be read: ${check}: ${found}`,
});

/** What a header may hold in either direction, so that a message that is encrypted too is taken apart. */
const expectedOf = (side: Side, processed: readonly QName[]): Expected => ({
  processed,
  further: [
    ...(side === 'response' ? (inAnswers.further ?? []) : []),
    { namespace: xenc.uri, name: 'EncryptedKey' },
  ],
});

function* treeInSlices(
  entry: JournalEntry,
  { signers, addressees }: Material,
  { side, ...asked }: TreeAsked,
  unmasked: boolean,
): Generator<void, Tree | None> {
  const { headers, body } = entry[side];
  const charset = charsetIn(headers['content-type']);
  // More than a request may hold: one that was refused for its size is looked at too.
  const utf8 = guard(body, charset, answerLimits);
  if (isProblem(utf8)) return none(utf8, entry, side);
  yield;
  const parsed = parse(utf8);
  if (isProblem(parsed)) return none(parsed, entry, side);
  using document = parsed;
  yield;
  const envelope = envelopeIn(document);
  yield;
  const service = addressees.find((one) => one.service.name === entry.service);
  const expected = expectedOf(side, side === 'request' ? (service?.service.headers ?? []) : []);
  const kind = { side, secured: service?.secured ?? true };
  const marked = isProblem(envelope) ? NOTHING : marksOf(takeApart(envelope, signers, expected), kind);
  yield;
  const nodes = yield* treeOf(document, marked, asked, !unmasked);
  return nodes
    ? { protection: marked.protection, references: marked.references, nodes }
    : { none: `the ${side} of exchange ${entry.number} has no element there` };
}

/**
 * A part of the tree of one message. A large one is walked in slices.
 *
 * @returns why there is none, in words
 */
export const exchangeTree = (
  entry: JournalEntry,
  material: Material,
  asked: TreeAsked,
  unmasked: boolean,
): Promise<Tree | None> => inSlices(treeInSlices(entry, material, asked, unmasked));
