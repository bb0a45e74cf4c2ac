// The canonicalization vectors of fixtures/c14n, read for the tests that hold the product and outside programs against them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { packagePath } from '../../../src/kernel/root.ts';
import type { CanonicalForm } from '../../../src/xml/canonical.ts';
import type { Path } from './infoset.ts';

const FORMS: Readonly<Record<string, Omit<CanonicalForm, 'prefixes'>>> = {
  inclusive: { exclusive: false, comments: false },
  'inclusive with comments': { exclusive: false, comments: true },
  exclusive: { exclusive: true, comments: false },
  'exclusive with comments': { exclusive: true, comments: true },
};

interface Written {
  readonly name: string;
  readonly cites: string;
  readonly input: readonly string[];
  readonly encoding?: 'utf16le';
  readonly apex?: Path;
  readonly prefixes?: readonly string[];
  readonly expected: Readonly<Record<string, readonly string[] | string>>;
}

/** One document and one of its canonical forms. */
export interface Vector {
  readonly title: string;
  readonly input: Buffer;
  readonly apex: Path;
  readonly form: CanonicalForm;
  readonly octets: string;
}

const read = (file: string): Vector[] => {
  const written = JSON.parse(readFileSync(packagePath(`fixtures/c14n/${file}`), 'utf8')) as Written[];
  return written.flatMap(({ name, cites, input, encoding, apex = [], prefixes = [], expected }) =>
    Object.entries(expected).map(([method, given]) => {
      const lines = typeof given === 'string' ? expected[given] : given;
      const form = FORMS[method];
      assert.ok(form && typeof lines === 'object', `${name}: ${method}`);
      return {
        title: `${name}: ${method} (${cites})`,
        input: Buffer.from(input.join('\n'), encoding ?? 'utf8'),
        apex,
        form: { ...form, prefixes: form.exclusive ? prefixes : [] },
        octets: lines.join('\n'),
      };
    }),
  );
};

export const vectors: readonly Vector[] = ['canonical-xml.json', 'exclusive.json'].flatMap(read);
