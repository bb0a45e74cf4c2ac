// How writers of DOM trees write one element of a message by itself, without canonicalization.

import type { XmlElement } from 'libxml2-wasm';

type Pair = readonly [name: string, value: string];

const TAG = /^<([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*>/;
const ATTRIBUTE = /\s([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const prefixOf = (name: string): string => (name.includes(':') ? name.replace(/:.*$/, '') : '');
const declarationOf = (prefix: string): string => (prefix === '' ? 'xmlns' : `xmlns:${prefix}`);
const isDeclaration = ([name]: Pair): boolean => name === 'xmlns' || name.startsWith('xmlns:');

/** The declarations around an element, the nearest first. */
const inherited = (element: XmlElement): Pair[] => {
  const found: Pair[] = [];
  for (let one = element.parent; one; one = one.parent)
    for (const [prefix, uri] of Object.entries(one.nsDeclarations)) found.push([declarationOf(prefix), uri]);
  return found;
};

/** The attributes of the outermost tag: what writers add, so that what they write can be read by itself. */
function* outermost(name: string, own: readonly Pair[], around: readonly Pair[]): Generator<readonly Pair[]> {
  const missing = around.filter(
    ([declared], index) =>
      own.every(([there]) => there !== declared) &&
      around.findIndex(([other]) => other === declared) === index,
  );
  const declared = own.filter(isDeclaration);
  const rest = own.filter((one) => !isDeclaration(one));
  // libxml2 (lxml): all that is in scope.
  yield [...declared, ...missing, ...rest];
  const used = [name, ...rest.map(([attribute]) => attribute)].map((one) => declarationOf(prefixOf(one)));
  const needed = missing.filter(([one]) => used.includes(one));
  // Only what the tag uses: Java, and xmldom.
  yield [...declared, ...rest, ...needed];
  yield [...needed, ...declared, ...rest];
  yield [...declared, ...needed, ...rest];
  yield [...rest, ...declared, ...needed];
}

const decimal = (text: string): string =>
  text.replace(/[^\0-\x7f]/gu, (character) => `&#${character.codePointAt(0)};`);
const hexadecimal = (text: string): string =>
  text.replace(
    /[^\0-\x7f]/gu,
    (character) => `&#x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()};`,
  );

/**
 * An element as writers write it who were given nothing else of its message.
 *
 * @param raw as it is written in its message
 */
export function* serialized(element: XmlElement, raw: string): Generator<string> {
  const [tag, name, attributes = ''] = TAG.exec(raw) ?? [];
  if (tag === undefined || name === undefined) return;
  const own = [...attributes.matchAll(ATTRIBUTE)].map(
    ([, key = '', double, single = '']): Pair => [key, double ?? single],
  );
  const inside = raw.slice(tag.length);
  const tags = new Set<string>();
  for (const pairs of outermost(name, own, inherited(element)))
    tags.add(`<${name}${pairs.map(([key, value]) => ` ${key}="${value}"`).join('')}>`);
  for (const one of tags) yield one + inside;
  // One after the other: of a long text each takes long.
  for (const write of [decimal, hexadecimal]) {
    const other = write(inside);
    if (other === inside) return;
    for (const one of tags) yield one + other;
  }
}
