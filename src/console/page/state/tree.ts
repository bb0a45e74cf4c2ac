// A message as the emulator tells it: its nodes, with what is signed by which reference; a large one comes in parts.

import { askJson } from './session.ts';

export type Side = 'request' | 'response';

/** The indices of nodes from the document down, joined with points. */
export type Place = string;

export interface TreeElement {
  readonly kind: 'element';
  readonly at: Place;
  readonly name: string;
  readonly namespace: string;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly attributesLeftOut: number;
  readonly references: readonly number[];
  readonly marks: readonly ('body' | 'signed-info' | 'not-signed' | 'encrypted')[];
  readonly nodes: readonly TreeNode[];
}

export interface TreeText {
  readonly kind: 'text' | 'cdata' | 'comment';
  readonly text: string;
  readonly characters: number;
}

export interface TreeGap {
  readonly kind: 'gap';
  readonly from: number;
  readonly count: number;
}

export type TreeNode = TreeElement | TreeText | TreeGap;

/** How a message is protected as a whole. */
export type Protection =
  | {
      readonly state: 'signed' | 'signed-then-encrypted' | 'encrypted-then-signed' | 'not-signed' | 'tls';
    }
  | { readonly state: 'unknown'; readonly why: string };

export interface Tree {
  /** Null: it is no SOAP message. */
  readonly protection: Protection | null;
  readonly references: readonly {
    readonly place: number;
    readonly uri: string;
    readonly at: Place | null;
  }[];
  readonly nodes: readonly TreeNode[];
}

const addressOf = (exchange: number, side: Side): string => `/journal/${exchange}/tree?side=${side}`;

/** @throws (rejects) where it is no XML, in words */
export const askTree = (exchange: number, side: Side): Promise<Tree> => askJson(addressOf(exchange, side));

/** The nodes of an element, or of a gap in them. */
const askNodes = async (
  exchange: number,
  side: Side,
  at: Place,
  gap: TreeGap,
): Promise<readonly TreeNode[]> => {
  const query = `&at=${at}&from=${gap.from}&count=${gap.count}`;
  return (await askJson<Tree>(addressOf(exchange, side) + query)).nodes;
};

const withNodes = (
  nodes: readonly TreeNode[],
  at: Place,
  change: (nodes: readonly TreeNode[]) => readonly TreeNode[],
): readonly TreeNode[] =>
  nodes.map((node) => {
    if (node.kind !== 'element' || !(at === node.at || at.startsWith(`${node.at}.`))) return node;
    return { ...node, nodes: node.at === at ? change(node.nodes) : withNodes(node.nodes, at, change) };
  });

/** The same tree with a gap in an element filled, as far as one answer does. */
export const filled = async (
  tree: Tree,
  exchange: number,
  side: Side,
  at: Place,
  gap: TreeGap,
): Promise<Tree> => {
  const more = await askNodes(exchange, side, at, gap);
  const change = (nodes: readonly TreeNode[]): TreeNode[] =>
    nodes.flatMap((node) => (node.kind === 'gap' && node.from === gap.from ? more : [node]));
  return { ...tree, nodes: withNodes(tree.nodes, at, change) };
};

export const elementsIn = (nodes: readonly TreeNode[]): TreeElement[] =>
  nodes.flatMap((node) => (node.kind === 'element' ? [node, ...elementsIn(node.nodes)] : []));
