// A message of an exchange as a tree: which reference signs what, which Body is read, what is not signed.

import type { JournalEntry } from '../../journal/entry.ts';
import { answerLimits } from '../../kernel/limits.ts';
import { isProblem, type Problem } from '../../kernel/problem.ts';
import { takeApart } from '../../security/anatomy.ts';
import { inAnswers } from '../../security/answers/confirmation.ts';
import { readMessage } from '../../soap/read.ts';
import { guard } from '../../xml/guard.ts';
import { parse } from '../../xml/parse.ts';
import type { ExchangeMaterial } from '../exchange.ts';
import { charsetIn } from '../exchange-octets.ts';
import { type Marked, marksOf, type TreeReference } from './marks.ts';
import { type Asked, type TreeNode, treeOf } from './tree.ts';

/** Nodes of a message, and what its signature refers to. */
export interface Tree {
  /** Whether it is a SOAP message: of other XML nothing is said to be signed or read. */
  readonly message: boolean;
  /** In the order of the signature. */
  readonly references: readonly TreeReference[];
  readonly nodes: readonly TreeNode[];
}

export interface TreeAsked extends Asked {
  readonly side: 'request' | 'response';
}

type Material = Pick<ExchangeMaterial, 'signers' | 'addressees'>;

const NOTHING: Marked = { references: [], elements: new Map() };

const none = ({ explanation: { check, found } }: Problem, { number }: JournalEntry, side: string) => ({
  none: `the ${side} of exchange ${number} is no XML that can be read: ${check}: ${found}`,
});

/**
 * A part of the tree of one message.
 *
 * @returns why there is none, in words
 */
export const exchangeTree = (
  entry: JournalEntry,
  { signers, addressees }: Material,
  { side, ...asked }: TreeAsked,
  unmasked: boolean,
): Tree | { readonly none: string } => {
  const { headers, body } = entry[side];
  const charset = charsetIn(headers['content-type']);
  // More than a request may hold: one that was refused for its size is looked at too.
  const read = readMessage(body, { charset, limits: answerLimits });
  const utf8 = isProblem(read) ? guard(body, charset, answerLimits) : undefined;
  if (utf8 && isProblem(utf8)) return none(utf8, entry, side);
  const parsed = utf8 ? parse(utf8) : undefined;
  if (parsed && isProblem(parsed)) return none(parsed, entry, side);
  using envelope = isProblem(read) ? undefined : read;
  using document = parsed;
  const tree = envelope?.document ?? document;
  if (!tree) return { none: `exchange ${entry.number} has no ${side}` };
  const processed = addressees.find((one) => one.service.name === entry.service)?.service.headers ?? [];
  const expected = side === 'request' ? { processed } : inAnswers;
  const marked = envelope ? marksOf(takeApart(envelope, signers, expected)) : NOTHING;
  const nodes = treeOf(tree, marked, asked, !unmasked);
  return nodes
    ? { message: envelope !== undefined, references: marked.references, nodes }
    : { none: `the ${side} of exchange ${entry.number} has no element there` };
};
