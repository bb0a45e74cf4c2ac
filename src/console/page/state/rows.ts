// The rows of a tree that are seen: what is closed hides what is in it, and what is signed is so down to the last row.

import type { Signing } from './lit.ts';
import {
  elementsIn,
  type Place,
  type Tree,
  type TreeElement,
  type TreeGap,
  type TreeNode,
  type TreeText,
} from './tree.ts';

export interface Row {
  readonly key: string;
  readonly level: number;
  readonly node: TreeNode;
  /** The element that it is in. */
  readonly parent: Place;
  /** What it is signed by, the outermost first. */
  readonly signed: readonly Signing[];
  /** What it is itself the target of. */
  readonly own: readonly Signing[];
  /** Undefined: there is nothing to open. */
  readonly open: boolean | undefined;
  /** The one text that an element holds, beside it. */
  readonly text: TreeText | undefined;
}

/** Small enough to be seen whole. */
const OPENED = 120;
/** How deep a larger one is open at first. */
const DEPTH = 4;

const isBlank = (node: TreeNode): boolean => node.kind === 'text' && /^[ \t\r\n]*$/.test(node.text);

/** What is seen of an element's nodes: white space between elements is not. */
const seenIn = ({ nodes }: TreeElement): readonly TreeNode[] =>
  nodes.some(({ kind }) => kind === 'element') ? nodes.filter((node) => !isBlank(node)) : nodes;

export const hidesBlanks = ({ nodes }: Tree): boolean =>
  elementsIn(nodes).some((element) => seenIn(element).length < element.nodes.length);

const onlyText = (nodes: readonly TreeNode[]): TreeText | undefined => {
  const [first] = nodes;
  return nodes.length === 1 && first && (first.kind === 'text' || first.kind === 'cdata') ? first : undefined;
};

const ownOf = ({ references, marks }: TreeElement): Signing[] => [
  ...references,
  ...(marks.includes('signed-info') ? (['signed-info'] as const) : []),
];

export const rowsOf = (
  nodes: readonly TreeNode[],
  open: ReadonlySet<Place>,
  { level = 1, parent = '', signed = [] }: Partial<Pick<Row, 'level' | 'parent' | 'signed'>> = {},
): Row[] =>
  nodes.flatMap((node, index): Row[] => {
    const row = { level, node, parent, signed, own: [], open: undefined, text: undefined };
    if (node.kind !== 'element') {
      const key = node.kind === 'gap' ? `${parent}+${node.from}` : `${parent}:${index}`;
      return [{ ...row, key }];
    }
    const own = ownOf(node);
    const all = [...signed, ...own.filter((one) => !signed.includes(one))];
    const inside = seenIn(node);
    const text = onlyText(inside);
    const opens = inside.length > 0 && !text;
    const isOpen = opens && open.has(node.at);
    const itself: Row = { ...row, key: node.at, signed: all, own, open: opens ? isOpen : undefined, text };
    return isOpen
      ? [itself, ...rowsOf(inside, open, { level: level + 1, parent: node.at, signed: all })]
      : [itself];
  });

/** The elements around a place. */
export const around = (at: Place): Place[] => {
  const steps = at.split('.');
  return steps.slice(1).map((_, depth) => steps.slice(0, depth + 1).join('.'));
};

/** How it was signed is told beside the tree; what was signed is what the tree is for. */
const isDetail = ({ name, namespace }: TreeElement): boolean =>
  namespace === 'http://www.w3.org/2000/09/xmldsig#' && /(?:^|:)(?:Reference|KeyInfo)$/.test(name);

/** What is open at first: all of a small one; else its upper levels, and the way to what is marked. */
export const openAtFirst = ({ nodes }: Tree): ReadonlySet<Place> => {
  const all = elementsIn(nodes);
  if (all.length <= OPENED) return new Set(all.filter((one) => !isDetail(one)).map(({ at }) => at));
  const marked = all.filter(({ references, marks }) => references.length + marks.length > 0);
  return new Set([
    ...all.map(({ at }) => at).filter((at) => at.split('.').length < DEPTH),
    ...marked.flatMap(({ at }) => around(at)),
  ]);
};

export const isGap = (node: TreeNode): node is TreeGap => node.kind === 'gap';
