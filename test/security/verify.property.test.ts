// Properties of verification: no changed octet, no rearranged message is ever believed to say something else.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ParseOption, XmlC14NMode, XmlDocument, XmlElement } from 'libxml2-wasm';
import { openingOf } from '../attacks/arena.ts';
import { compose, type Recipe, timestampOf, usual } from '../attacks/message.ts';
import { NS, URI } from '../attacks/names.ts';
import { type Judge, openJudge } from './judge.ts';
import { mutation } from './mutants.ts';

const SEED = Number(process.env.FC_SEED ?? 20_260_101);
const runs = (numRuns: number) => ({ numRuns, seed: SEED, verbose: fc.VerbosityLevel.Verbose });
const EVIL = openingOf('angriper.evil#6666');

describe('properties of verification', function () {
  this.timeout(120_000);
  const now = Date.UTC(2026, 5, 1);
  let judge: Judge;
  let recipe: Recipe;
  let message: string;
  let meaning: string;
  before(async () => {
    judge = await openJudge(now);
    const digipost = judge.pki.clients.get('digipost');
    assert.ok(digipost);
    recipe = usual(digipost, openingOf('kari.testesen#1234'), now);
    message = compose(recipe);
    const verdict = judge.verdict(message, now);
    assert.ok(verdict.accepted);
    meaning = verdict.meaning;
  });

  /** The canonical octets of what was signed; undefined for what is not XML any more. */
  const signedOctets = (bytes: Buffer): string | undefined => {
    try {
      using document = XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NOERROR });
      return ['//wsu:Timestamp', '//soap:Body', '//ds:SignedInfo']
        .map((path) => {
          const element = document.get(path, { ...NS, soap: NS.soap11 });
          if (!(element instanceof XmlElement)) throw new Error(`no ${path}`);
          return document.canonicalizeToString({
            mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
            nodeSet: new Set([element]),
          });
        })
        .join('\n');
    } catch {
      return undefined;
    }
  };

  for (const part of ['wsu:Timestamp', 'soap:Body', 'ds:SignedInfo'] as const) {
    it(`refuses every change of a byte in ${part}`, () => {
      const bytes = Buffer.from(message);
      const start = bytes.indexOf(`<${part}`);
      const length = bytes.indexOf(`</${part}>`) + part.length + 3 - start;
      const octets = signedOctets(bytes);
      fc.assert(
        fc.property(fc.nat(length - 1), fc.integer({ min: 1, max: 255 }), (place, difference) => {
          const changed = Buffer.from(bytes);
          changed[start + place] = (changed[start + place] ?? 0) ^ difference;
          const verdict = judge.verdict(changed, now);
          // A space in a tag that becomes a line feed is no change of the signed octets.
          assert.ok(!verdict.accepted || signedOctets(changed) === octets, changed.toString());
        }),
        runs(600),
      );
    });
  }

  it('believes nothing else after a change of any byte anywhere', () => {
    fc.assert(
      fc.property(
        fc.nat(Buffer.byteLength(message) - 1),
        fc.integer({ min: 1, max: 255 }),
        (place, difference) => {
          const changed = Buffer.from(message);
          changed[place] = (changed[place] ?? 0) ^ difference;
          const verdict = judge.verdict(changed, now);
          if (verdict.accepted)
            assert.deepEqual([verdict.meaning, verdict.organisation], [meaning, '984661185']);
        },
      ),
      runs(1000),
    );
  });

  it('still believes what is written otherwise outside the signed parts', () => {
    const prefix = fc.stringMatching(/^[a-l][a-z0-9_.-]{0,8}$/).filter((name) => !/^(?:ds|ec)$/.test(name));
    const space = fc.constantFrom('', ' ', '\n', '\r\n\t', '<!-- a > comment -->', '\n<!--x-->\n');
    fc.assert(
      fc.property(
        prefix,
        space,
        space,
        fc.boolean(),
        fc.constantFrom('', '\ufeff'),
        (name, outer, inner, single, mark) => {
          const [head = '', body = ''] = message.split(/(?=<soap:Body)/);
          const renamed = head
            .replaceAll('wsse:', `${name}:`)
            .replace('xmlns:wsse', `xmlns:${name}`)
            .replace(/<soap:(Envelope|Header)/g, '<s0:$1')
            .replace('</soap:Header>', '</s0:Header>')
            .replace('<s0:Envelope', `<s0:Envelope xmlns:s0="${NS.soap11}"`)
            .replace(new RegExp(`(</?(?:${name}:Security|s0:Header|ds:Signature)[ >])`, 'g'), `${inner}$1`);
          const quoted = single ? renamed.replace(/URI="#X509"/, "URI='#X509'") : renamed;
          const text =
            mark +
            outer +
            quoted +
            outer +
            body.replace('</soap:Envelope>', `${inner}</s0:Envelope>${outer}`);
          const verdict = judge.verdict(text, now);
          assert.ok(verdict.accepted, `${JSON.stringify(verdict)} ${text}`);
          assert.equal(verdict.meaning, meaning);
        },
      ),
      runs(300),
    );
  });

  for (const [form, knobs] of [
    ['exclusive C14N', {}],
    ['inclusive C14N', { canonicalization: { algorithm: URI.c14n }, inclusive: true }],
    ['a bare Id', { bodyAttributes: ' Id="Body"' }],
  ] as const) {
    it(`believes no mutant that says something else (${form})`, () => {
      const references =
        'inclusive' in knobs
          ? recipe.references.map((one) => ({ ...one, transforms: [{ algorithm: URI.c14n }] }))
          : recipe.references;
      const original = compose({ ...recipe, ...knobs, references });
      const body = /<soap:Body.*<\/soap:Body>/s.exec(original)?.[0] ?? '';
      const pieces = [
        EVIL,
        ...['', ' wsu:Id="Body"', ' Id="Body"', ' ID="Body"', ' xml:id="Body"', ' wsu:Id="Evil"'].map(
          (id) => `<soap:Body${id}>${EVIL}</soap:Body>`,
        ),
        timestampOf(now, now + 1000),
        timestampOf(now, now + 1000).replace('"TS"', '"TS2"'),
        body,
        /<wsu:Timestamp.*<\/wsu:Timestamp>/s.exec(original)?.[0] ?? '',
        /<ds:Signature>.*<\/ds:Signature>/s.exec(original)?.[0] ?? '',
        /<wsse:Security.*<\/wsse:Security>/s.exec(original)?.[0] ?? '',
        `<soap:Header>${body}</soap:Header>`,
        `<soap:Envelope><soap:Body>${EVIL}</soap:Body></soap:Envelope>`,
        `<ds:Object>${body}</ds:Object>`,
        '<wsse:Security/>',
        '<ds:Reference URI="#Body"/>',
      ];
      let believed = 0;
      fc.assert(
        fc.property(mutation, ({ apply }) => {
          const mutant = apply(original, pieces);
          const verdict = judge.verdict(mutant, now);
          if (!verdict.accepted) return;
          believed += 1;
          assert.deepEqual([verdict.meaning, verdict.organisation], [meaning, '984661185'], mutant);
        }),
        runs(800),
      );
      assert.ok(believed > 0, 'the generator makes no mutant that is close enough');
    });
  }
});
