// Namespace URIs and canonical forms: what a URI may hold, and that no two URIs ever look the same to a signature.

import assert from 'node:assert/strict';
import type { Element } from './infoset.ts';
import { productOctets } from './octets.ts';
import { canonicalElement } from './reference.ts';

const EXCLUSIVE = { exclusive: true, prefixes: [] };
const INCLUSIVE = { exclusive: false, prefixes: [] };

/** An element in a namespace, and the one around it; either declares it. */
const lineOf = (uri: string, where: 'own' | 'inherited'): [Element, Element] => {
  const declared = [{ prefix: 'p', uri }];
  const inner: Element = {
    kind: 'element',
    prefix: 'p',
    local: 'e',
    declarations: where === 'own' ? declared : [],
    attributes: [],
    children: [],
  };
  const outer = { ...inner, prefix: '', local: 'r', declarations: where === 'own' ? [] : declared };
  return [{ ...outer, children: [inner] }, inner];
};
const textOf = (uri: string, where: 'own' | 'inherited'): string => {
  const written = [...uri].map((one) => `&#${one.codePointAt(0)};`).join('');
  const declaration = ` xmlns:p="${written}"`;
  return where === 'own' ? `<r><p:e${declaration}/></r>` : `<r${declaration}><p:e/></r>`;
};

/** The octets, or undefined where the text or its canonical form is refused. */
const octetsOf = (text: string, form = EXCLUSIVE): string | undefined => {
  try {
    return productOctets(text, [0], form);
  } catch {
    return undefined;
  }
};

const CHARACTERS = Array.from({ length: 0x250 }, (_, code) => String.fromCodePoint(code)).filter((one) =>
  /[\t\r\n -\u{24f}]/u.test(one),
);

describe('canonical form of namespace URIs', () => {
  for (const where of ['own', 'inherited'] as const) {
    for (const form of [EXCLUSIVE, INCLUSIVE]) {
      const title = `${where === 'own' ? 'declared there' : 'inherited'}, ${form.exclusive ? 'exclusive' : 'inclusive'}`;
      it(`is the specified one or none, whatever character the URI holds (${title})`, () => {
        const taken = CHARACTERS.filter((one) => {
          const uri = `urn:a${one}b`;
          const octets = octetsOf(textOf(uri, where), form);
          if (octets !== undefined) assert.equal(octets, canonicalElement(lineOf(uri, where), form), uri);
          return octets !== undefined;
        });
        for (const usual of "aZ09-._~:/?#@!$'()*+,;=")
          assert.ok(taken.includes(usual), `${usual} is usual in a URI`);
      });
    }
  }

  it('does not take a URI for another one whose specified octets are those that libxml2 writes', () => {
    // A conforming signer of the first signs the octets that libxml2 makes of the second.
    const signed = canonicalElement(lineOf('urn:a?b&c', 'own'), EXCLUSIVE);
    assert.match(signed, /xmlns:p="urn:a\?b&amp;c"/);
    assert.notEqual(octetsOf('<r><p:e xmlns:p="urn:a?b&amp;amp;c"/></r>'), signed);
  });

  it('says why there is none', () => {
    const reason = (text: string): unknown => {
      try {
        return productOctets(text, [0], EXCLUSIVE);
      } catch (error) {
        return (error as Error).message;
      }
    };
    for (const attributes of [
      ' xmlns:p="urn:a?b&amp;c"',
      ' b="&amp;" xmlns:p="urn:&#38;" a="2"',
      ' xmlns="urn:x" xmlns:p="urn:a" xmlns:q="urn:b&amp;c" q:a=""',
    ])
      assert.match(String(reason(`<r><p:e${attributes}/></r>`)), /ampersand/);
  });

  it('is not missed where ampersands stand elsewhere', () => {
    for (const [text, expected] of [
      ['<r><e a=" xmlns=&quot;&amp;"> xmlns="&amp;</e></r>', '<e a=" xmlns=&quot;&amp;"> xmlns="&amp;</e>'],
      ['<r><e xmlns="urn:a" a="&amp;">&amp;</e></r>', '<e xmlns="urn:a" a="&amp;">&amp;</e>'],
      ['<r><e a="> xmlns=&apos;">&amp;&#xD;</e></r>', '<e a="> xmlns=\'">&amp;&#xD;</e>'],
      // Nothing of what the exclusive form leaves out is ambiguous.
      ['<r xmlns:p="urn:a?b&amp;c"><e>&amp;</e></r>', '<e>&amp;</e>'],
    ] as const)
      assert.equal(octetsOf(text), expected);
  });
});
