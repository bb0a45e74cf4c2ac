// docs/explanation.schema.json and docs/explanation.md are made from the document of kontakt explain:
// DOCS=write npx mocha test/docs/explanation.test.ts renews them.

import assert from 'node:assert/strict';
import { z } from 'zod';
import { explanation } from '../../src/explain/explained.ts';
import { assertMade, isWriting, readPage, table, writePage } from './pages.ts';

const SCHEMA = 'docs/explanation.schema.json';

interface Node {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly additionalProperties?: boolean | Node;
}

const schema = z.toJSONSchema(explanation, {
  target: 'draft-2020-12',
  // Of types in TypeScript only.
  override: ({ jsonSchema }) => {
    delete jsonSchema.readOnly;
  },
}) as Node;

const titled = { title: 'What kontakt explain --json prints', ...schema };

/** What it is where it is not null. */
const inner = (node: Node): Node => node.anyOf?.find(({ type }) => type !== 'null') ?? node;

const namesOf = (type: Node['type'] = ''): string => (typeof type === 'string' ? type : type.join(' or '));

const typeOf = (node: Node): string => {
  const { type = '', enum: words, items } = inner(node);
  const name = words ? words.map((word) => `\`${word}\``).join(', ') : namesOf(type);
  const whole = type === 'array' && items ? `array of ${namesOf(inner(items).type)}s` : name;
  return node.anyOf ? `${whole} or null` : whole;
};

/** Every member with those inside of it, in order. */
const rowsOf = (node: Node, before = ''): string[][] =>
  Object.entries(node.properties ?? {}).flatMap(([name, member]) => {
    const { type, items } = inner(member);
    const path = `${before}${name}${type === 'array' ? '[]' : ''}`;
    const optional = node.required?.includes(name) ? '' : ' (may be left out)';
    const says = [member.description, inner(member).description].filter((one) => one !== undefined);
    return [
      [`\`${path}\``, typeOf(member) + optional, [...new Set(says)].join('; ')],
      ...rowsOf(items ? inner(items) : inner(member), `${path}.`),
    ];
  });

describe('the document of kontakt explain', () => {
  it(`has its JSON Schema in ${SCHEMA}`, () => {
    const text = `${JSON.stringify(titled, null, 2)}\n`;
    if (isWriting) writePage(SCHEMA, text);
    else
      assert.equal(
        readPage(SCHEMA),
        text,
        'renew it with DOCS=write npx mocha test/docs/explanation.test.ts',
      );
  });

  it('has every member on its page', () => {
    const rows = rowsOf(schema);
    assert.ok(rows.length > 40);
    assertMade(
      'docs/explanation.md',
      'members',
      table(['member', 'type', 'holds'], rows),
      'explanation.test.ts',
    );
  });

  it('says of itself what JSON Schema says: every member of every object is told, and no other allowed', () => {
    const closed = (node: Node): void => {
      if (node.properties) assert.equal(node.additionalProperties, false);
      for (const one of [...Object.values(node.properties ?? {}), ...(node.anyOf ?? [])]) closed(one);
      if (node.items) closed(node.items);
    };
    closed(schema);
  });
});
