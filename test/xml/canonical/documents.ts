// Documents as fast-check draws them: raw choices first, then made well-formed, so that every draw and every shrink is XML.

import fc from 'fast-check';
import {
  type Attribute,
  attributeUri,
  type Declaration,
  type Document,
  type Element,
  inside,
  type Node,
  type Scope,
} from './infoset.ts';

/** What documents are made of. Small lists make what is alike meet often. */
export interface Alphabet {
  readonly prefixes: readonly string[];
  readonly uris: readonly string[];
  readonly locals: readonly string[];
  /** Pieces of text and of values. */
  readonly pieces: readonly string[];
}

// U+F900 and U+10000 change places when UTF-16 units are compared instead of code points.
const HIGH = ['\uf900', '\u{10000}'];

/** Everything that a document may hold and canonical forms may trip over. */
export const wide: Alphabet = {
  // The first ones more often: the same prefix again, another namespace for it, the default taken back.
  prefixes: ['', '', '', 'a', 'a', 'b', 'ab', 'B', 'a.b', 'a-b', 'n1', 'xmlnsx', 'ø', ...HIGH],
  uris: [
    'urn:a',
    'urn:a',
    'urn:b',
    'urn:A',
    'urn:ab',
    "urn:it's",
    'http://example.org/a?b=%C3%A6#c',
    'http://example.org/a',
    'http://www.w3.org/2000/09/xmldsig#',
  ],
  locals: ['a', 'b', 'ab', 'A', 'a.b', 'a-b', 'a1', 'xmlns1', 'Id', 'æ', ...HIGH],
  pieces: [
    ...'abcABC019 ,:;=/#\'"<>&]-',
    ...'\r\n\t\u0085\u00a0\u2028\ufeff\ufffd\u007fæ\uf900\u{10000}\u{1f600}\u{10fffd}',
    ']]>',
    '&amp;',
    '&#xD;',
    '\r\n',
    '  ',
    ' xmlns:a="urn:b"',
    '<a></a>',
    '<!--a-->',
  ],
};

/** So little that two draws are often the same, and more often nearly. */
export const narrow: Alphabet = {
  prefixes: ['', 'a', 'b'],
  uris: ['urn:a', 'urn:b'],
  locals: ['a', 'b'],
  pieces: ['a', '\r', '\n', ' ', '<', '&', '"', '&amp;', '&#xD;', '" a="', ' xmlns="urn:a"', '<a></a>'],
};

interface Raw {
  readonly name: readonly [prefix: number, local: number];
  readonly declares: readonly (readonly [prefix: number, uri: number])[];
  readonly attributes: readonly (readonly [prefix: number, local: number, value: string])[];
  readonly identified: boolean;
  readonly children: readonly RawNode[];
}
type RawNode = Raw | { readonly text: string } | { readonly comment: string };

const of = (list: readonly string[], index: number): string => list[index % list.length] ?? '';
const XML_ATTRIBUTES = ['lang', 'space', 'base'];

/** Gives every prefix a declaration that is in scope, and takes out what XML forbids. */
const mend = (raw: Raw, outer: Scope, alphabet: Alphabet, nextId: () => string): Element => {
  const declarations = new Map<string, Declaration>();
  for (const [prefix, uri] of raw.declares) {
    const name = of(alphabet.prefixes, prefix);
    const value = name === '' ? of(['', '', '', ...alphabet.uris], uri) : of(alphabet.uris, uri);
    declarations.set(name, { prefix: name, uri: value });
  }
  const shell = { declarations: [...declarations.values()] };
  const bare: Element = { kind: 'element', prefix: '', local: 'x', attributes: [], children: [], ...shell };
  const scope = inside(outer, bare);
  const prefixes = [...scope.keys()].filter((prefix) => prefix !== '');
  const attributes = new Map<string, Attribute>();
  for (const [choice, local, value] of raw.attributes) {
    const prefix = of(['', 'xml', ...prefixes], choice);
    const name = of(prefix === 'xml' ? XML_ATTRIBUTES : alphabet.locals, local);
    attributes.set(JSON.stringify([attributeUri(scope, prefix), name]), { prefix, local: name, value });
  }
  // An xml:id is what xmlsec1 finds an element by, and is inherited by inclusive canonical forms like any xml: attribute.
  const id: Attribute[] = raw.identified ? [{ prefix: 'xml', local: 'id', value: nextId() }] : [];
  return {
    ...bare,
    prefix: of(['', ...prefixes], raw.name[0]),
    local: of(alphabet.locals, raw.name[1]),
    attributes: [...attributes.values(), ...id],
    children: raw.children.map((child): Node => {
      if ('text' in child) return { kind: 'text', text: child.text };
      if ('comment' in child) return { kind: 'comment', text: child.comment };
      return mend(child, scope, alphabet, nextId);
    }),
  };
};

/** How many elements stand around the deepest ones. */
const DEPTH = 3;

/** A comment holds no double hyphen and no reference, so no CR either. */
const commentable = (text: string): string => text.replaceAll('\r', '').replaceAll('-', '_');

/**
 * @param size the most children an element has
 * @param ids the start of xml:id values, unique in the document; none where it is left out
 */
export const documents = (alphabet: Alphabet, size: number, ids?: string): fc.Arbitrary<Document> => {
  const string = fc.string({ unit: fc.constantFrom(...alphabet.pieces), maxLength: size * 2 });
  const nat = fc.nat(30);
  const comment = string.map(commentable);
  // A level is a level and not a matter of luck: where fast-check recurses by itself, most documents stay one element.
  const element = (depth: number): fc.Arbitrary<Raw> => {
    const leaf = fc.oneof(fc.record({ text: string.filter((text) => text !== '') }), fc.record({ comment }));
    const child: fc.Arbitrary<RawNode> =
      depth === 0
        ? leaf
        : fc.oneof({ arbitrary: leaf, weight: 1 }, { arbitrary: element(depth - 1), weight: 2 });
    return fc.record({
      name: fc.tuple(nat, nat),
      declares: fc.array(fc.tuple(nat, nat), { maxLength: 3 }),
      attributes: fc.array(fc.tuple(nat, nat, string), { maxLength: size }),
      identified: ids === undefined ? fc.constant(false) : fc.boolean(),
      children: fc.array<RawNode>(child, { maxLength: size, size: 'max' }),
    });
  };
  const around = fc.array(comment, { maxLength: 2 });
  return fc.tuple(around, element(DEPTH), around).map(([before, root, after]) => {
    let count = 0;
    const nextId = (): string => {
      count += 1;
      return `${ids}${count}`;
    };
    return { before, root: mend(root, new Map(), alphabet, nextId), after };
  });
};

/** Without the names that came with the fifth edition of XML 1.0, which Java’s parser does not know. */
export const fourthEdition: Alphabet = {
  ...wide,
  prefixes: wide.prefixes.filter((one) => !HIGH.includes(one)),
  locals: wide.locals.filter((one) => !HIGH.includes(one)),
};

/** Wide ones, and narrow ones in which the same names meet more often; with xml:id where `ids` is given. */
export const anyDocuments = (ids?: string, most: Alphabet = wide): fc.Arbitrary<Document> =>
  fc.oneof(documents(most, 4, ids), documents(narrow, 3, ids));

/** How many documents, and from which seed: few each time, many by hand. */
export const amount = {
  numRuns: Number(process.env.C14N_DOCUMENTS ?? 200),
  seed: Number(process.env.C14N_SEED ?? 20_260_102),
};

const LISTED = ['#default', 'a', 'b', 'ab', 'ø', 'xml', 'nowhere', '\u{10000}'];

/** Both methods, with and without comments, and PrefixLists of any kind. */
export const forms = fc.record({
  exclusive: fc.boolean(),
  comments: fc.boolean(),
  prefixes: fc.oneof(fc.constant([]), fc.uniqueArray(fc.constantFrom(...LISTED), { maxLength: 4 })),
});
