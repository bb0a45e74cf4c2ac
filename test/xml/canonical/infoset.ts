// A document as a plain tree that no XML program made: what the reference canonicalizer reads and the speller writes.

/** A name as written; an empty prefix is none. */
interface Name {
  readonly prefix: string;
  readonly local: string;
}
export interface Declaration {
  readonly prefix: string;
  /** Empty only without a prefix: it takes the default namespace back. */
  readonly uri: string;
}
export interface Attribute extends Name {
  readonly value: string;
}
export interface Element extends Name {
  readonly kind: 'element';
  readonly declarations: readonly Declaration[];
  readonly attributes: readonly Attribute[];
  readonly children: readonly Node[];
}
export interface Text {
  readonly kind: 'text';
  readonly text: string;
}
interface Comment {
  readonly kind: 'comment';
  readonly text: string;
}
export type Node = Element | Text | Comment;

/** A document: its root, and the comments around it. */
export interface Document {
  readonly before: readonly string[];
  readonly root: Element;
  readonly after: readonly string[];
}

/** Namespaces in scope: prefix to URI; a default namespace that was taken back is not in it. */
export type Scope = ReadonlyMap<string, string>;

export const XML = 'http://www.w3.org/XML/1998/namespace';

export const inside = (scope: Scope, { declarations }: Element): Scope => {
  const inner = new Map(scope);
  for (const { prefix, uri } of declarations) {
    if (uri === '') inner.delete(prefix);
    else inner.set(prefix, uri);
  }
  return inner;
};

export const uriOf = (scope: Scope, prefix: string): string =>
  prefix === 'xml' ? XML : (scope.get(prefix) ?? '');

/** Attributes without a prefix are in no namespace, whatever the default one is. */
export const attributeUri = (scope: Scope, prefix: string): string =>
  prefix === '' ? '' : uriOf(scope, prefix);

/** The ways from the root to every element, each beginning with the root and ending with the element. */
export const lines = (root: Element): Element[][] => [
  [root],
  ...root.children.flatMap((child) =>
    child.kind === 'element' ? lines(child).map((line) => [root, ...line]) : [],
  ),
];

/** The way from a root to an element: which child element at each step. */
export type Path = readonly number[];

export const pathOf = (line: readonly Element[]): Path =>
  line.slice(1).map((element, depth) => {
    const siblings = line[depth]?.children.filter(({ kind }) => kind === 'element') ?? [];
    return siblings.indexOf(element);
  });

/** The order of code points, which is that of UTF-8 octets and not that of JavaScript's strings. */
export const byCodePoint = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));
