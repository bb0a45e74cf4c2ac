// A message as a tree of plain values, a part of it at a time: who shows it parses nothing, and a large one stays small.

import { XmlCData, XmlComment, type XmlDocument, XmlElement, XmlText } from 'libxml2-wasm';
import { maskRun } from '../../journal/mask.ts';
import { xenc } from '../../xml/names.ts';
import { isNamed } from '../../xml/tree.ts';
import type { Marked, Marking } from './marks.ts';
import { elementIn, nodesOneByOne, type Place, pathOf, pathsTo, STEP } from './path.ts';

export interface TreeText {
  readonly kind: 'text' | 'cdata' | 'comment';
  /** Its beginning. */
  readonly text: string;
  /** How many characters it has. */
  readonly characters: number;
}

/** Nodes that are left out: they are asked for by where they begin. */
export interface TreeGap {
  readonly kind: 'gap';
  readonly from: number;
  readonly count: number;
}

export interface TreeElement {
  readonly kind: 'element';
  /** The indices of its nodes from the document down, joined with points: no two elements have the same. */
  readonly at: Place;
  readonly name: string;
  readonly namespace: string;
  /** Declarations of namespaces, then attributes; of very many the first. */
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly attributesLeftOut: number;
  /** The references whose digest is made over it, by their places from 1. */
  readonly references: readonly number[];
  readonly marks: readonly (Marking | 'encrypted')[];
  readonly nodes: readonly TreeNode[];
}

export type TreeNode = TreeElement | TreeText | TreeGap;

/** Which nodes are asked for; nothing: the document from its beginning. */
export interface Asked {
  readonly at?: Place | undefined;
  readonly from?: number | undefined;
  readonly count?: number | undefined;
}

/** Nodes in one part; those that are marked come besides. */
const NODES = 400;
/** Nodes of one element, where it is not what was asked for. */
const OF_ONE = 60;
const ATTRIBUTES = 40;
/** In characters. */
const TEXT = 1000;
const VALUE = 500;

const cut = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const half = /[\ud800-\udbff]$/.test(text.slice(0, most));
  return `${text.slice(0, half ? most - 1 : most)}…`;
};

type Hide = (texts: readonly string[]) => string[];
const shown: Hide = (texts) => [...texts];

const isTextual = (node: unknown): node is XmlText | XmlCData =>
  node instanceof XmlText || node instanceof XmlCData;

/** Whether it parts no text: a number may go on behind it. */
const goesOn = (node: unknown): boolean => isTextual(node) || node instanceof XmlComment;

/** Tells texts by their index, hidden over what parts them in vain: comments and CDATA sections. Only those asked for are read. */
const textsOf = (nodes: readonly unknown[], hide: Hide): ((index: number) => TreeText | undefined) => {
  const known = new Map<number, TreeText>();
  const add = (index: number, kind: TreeText['kind'], text: string): void =>
    void known.set(index, { kind, text: cut(text, TEXT), characters: text.length });
  const readAround = (index: number): void => {
    let [first, end] = [index, index];
    while (goesOn(nodes[first - 1])) first -= 1;
    while (goesOn(nodes[end])) end += 1;
    const places = Array.from({ length: end - first }, (_, step) => first + step);
    const run = places.flatMap((place) => {
      const node = nodes[place];
      return isTextual(node) ? [{ place, node, text: node.content }] : [];
    });
    const texts = hide(run.map(({ text }) => text));
    for (const [order, { place, node }] of run.entries())
      add(place, node instanceof XmlCData ? 'cdata' : 'text', texts[order] ?? '');
    for (const place of places) {
      const node = nodes[place];
      if (node instanceof XmlComment) add(place, 'comment', hide([node.content])[0] ?? '');
    }
  };
  return (index) => {
    if (!known.has(index) && goesOn(nodes[index])) readAround(index);
    return known.get(index);
  };
};

const attributesOf = (
  element: XmlElement,
  hide: Hide,
): Pick<TreeElement, 'attributes' | 'attributesLeftOut'> => {
  const declared = Object.entries(element.nsDeclarations).map(([prefix, uri]) => ({
    name: prefix === '' ? 'xmlns' : `xmlns:${prefix}`,
    value: uri,
  }));
  const written = element.attrs.map(({ prefix, name, value }) => ({
    name: prefix === '' ? name : `${prefix}:${name}`,
    value,
  }));
  const all = [...declared, ...written];
  return {
    attributes: all.slice(0, ATTRIBUTES).map(({ name, value }) => ({
      name: cut(hide([name])[0] ?? '', VALUE),
      value: cut(hide([value])[0] ?? '', VALUE),
    })),
    attributesLeftOut: Math.max(0, all.length - ATTRIBUTES),
  };
};

interface Waiting {
  readonly element: XmlElement;
  readonly at: Place;
  readonly from: number;
  readonly end: number;
  readonly most: number;
  readonly into: TreeNode[];
}

interface Walk {
  readonly marked: Pick<Marked, 'elements'>;
  /** The paths of elements that are told in any case. */
  readonly wanted: ReadonlySet<Place>;
  readonly hide: Hide;
  left: number;
}

const elementNode = (
  element: XmlElement,
  at: Place,
  { marked, hide }: Walk,
): TreeElement & { nodes: TreeNode[] } => {
  const { prefix, name, namespaceUri } = element;
  const { references = [], marks = [] } = marked.elements.get(at) ?? {};
  const encrypted = isNamed(element, xenc.uri, 'EncryptedData') ? (['encrypted'] as const) : [];
  return {
    kind: 'element',
    at,
    name: cut(hide([prefix === '' ? name : `${prefix}:${name}`])[0] ?? '', VALUE),
    namespace: cut(hide([namespaceUri])[0] ?? '', VALUE),
    ...attributesOf(element, hide),
    references,
    marks: [...marks, ...encrypted],
    nodes: [],
  };
};

const addGap = (into: TreeNode[], index: number): void => {
  const last = into.at(-1);
  if (last?.kind === 'gap' && last.from + last.count === index)
    into[into.length - 1] = { ...last, count: last.count + 1 };
  else into.push({ kind: 'gap', from: index, count: 1 });
};

/** Tells the nodes of one element; returns its elements that were told, whose own nodes come later. */
function* tell({ element, at, from, end, most, into }: Waiting, walk: Walk): Generator<void, Waiting[]> {
  const nodes = yield* nodesOneByOne(element);
  const textAt = textsOf(nodes, walk.hide);
  const next: Waiting[] = [];
  let told = 0;
  for (let index = from; index < Math.min(nodes.length, end); index += 1) {
    if (index % STEP === 0) yield;
    const node = nodes[index];
    const place = pathOf(at, index);
    const fits = told < most && walk.left > 0;
    if (!fits && !walk.wanted.has(place)) {
      addGap(into, index);
      continue;
    }
    if (fits) walk.left -= 1;
    told += 1;
    if (node instanceof XmlElement) {
      const one = elementNode(node, place, walk);
      into.push(one);
      next.push({ element: node, at: place, from: 0, end: Infinity, most: OF_ONE, into: one.nodes });
    } else {
      const text = textAt(index);
      if (text) into.push(text);
    }
  }
  return next;
}

/** Level by level, so that what is left out lies deep. */
function* tellAll(first: readonly Waiting[], walk: Walk): Generator<void, void> {
  let level = first;
  while (level.length > 0) {
    const next: Waiting[] = [];
    for (const waiting of level) next.push(...(yield* tell(waiting, walk)));
    level = next;
  }
}

/**
 * The nodes that were asked for. Yields wherever the walk may be interrupted.
 *
 * @param masked whether numbers of persons are hidden
 * @returns undefined where there is no such element
 */
export function* treeOf(
  { root }: XmlDocument,
  marked: Pick<Marked, 'elements'>,
  { at = '', from = 0, count = Infinity }: Asked,
  masked: boolean,
): Generator<void, TreeNode[] | undefined> {
  const walk: Walk = {
    marked,
    wanted: pathsTo([...marked.elements.keys()]),
    hide: masked ? maskRun : shown,
    left: NODES,
  };
  if (at === '') {
    const node = elementNode(root, '0', walk);
    yield* tellAll([{ element: root, at: '0', from: 0, end: Infinity, most: NODES, into: node.nodes }], walk);
    return [node];
  }
  const element = yield* elementIn(root, at);
  if (!element) return undefined;
  const nodes: TreeNode[] = [];
  yield* tellAll([{ element, at, from, end: from + count, most: NODES, into: nodes }], walk);
  return nodes;
}
