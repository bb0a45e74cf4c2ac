// What is wrong with JSON: the form that was meant is judged, and a list ends at its first mistake.

import assert from 'node:assert/strict';
import { z } from 'zod';
import { check, list, listOfAtMost, printIssue } from '../../src/kernel/issue.ts';

const told = (schema: z.ZodType, value: unknown): string => {
  const checked = check(schema, value);
  return 'issue' in checked ? printIssue(checked.issue) : 'nothing';
};

describe('a value in JSON', () => {
  const row = z.strictObject({ name: z.string().min(2), size: z.int().max(9).optional() });
  const either = z.union([
    z.strictObject({ rows: z.union([z.strictObject({ row }), z.array(row)]) }),
    z.array(row),
  ]);

  it('is judged by the form that it has the shape of', () => {
    for (const [value, expected] of [
      [{}, 'rows: expected an object or a list, found nothing'],
      [7, 'the whole: expected an object or a list, found the number 7'],
      [[7], '0: expected an object, found the number 7'],
      [{ rows: [{ name: 7 }] }, 'rows.0.name: expected a text, found the number 7'],
      [
        { rows: { row: { name: 'ab', size: '7' } } },
        'rows.row.size: expected a whole number, found the text "7"',
      ],
      [
        { rows: { row: { name: 'ab', size: 1.5 } } },
        'rows.row.size: expected a whole number, found the number 1.5',
      ],
      [{ rows: [{ name: 'a' }] }, 'rows.0.name: expected at least 2 characters, found the text "a"'],
      [[{ name: 'ab', size: 10 }], '0.size: expected at most 9, found the number 10'],
      [{ Rows: [] }, 'the whole: expected the member "rows", written so, found "Rows"'],
      [[{ nam: 'ab' }], '0: expected the member "name", written so, found "nam"'],
      [[{ name: 'ab', other: 1 }], '0: expected no members but name, size, found "other"'],
      [[{ name: 'ab' }], 'nothing'],
    ] as const)
      assert.equal(told(either, value), expected, JSON.stringify(value));
  });

  it('is told shortly, however long it is', () => {
    const long = 'x'.repeat(100_000);
    assert.match(
      told(z.int(), long),
      /^the whole: expected a whole number, found the text "x{60}…" \(100000 characters\)$/,
    );
    assert.ok(told(z.strictObject({}), { [long]: 1 }).length < 200);
    const many = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`${long.slice(0, 99)}${index}`, 1]),
    );
    assert.ok(told(z.string(), many).length < 2000);
  });

  it('is read little further than the first wrong item of a list', () => {
    let read = 0;
    const item = z.number().refine((value) => {
      read += 1;
      return value < 3;
    }, 'too much');
    const numbers = Array.from({ length: 100_000 }, (_, index) => index);
    assert.equal(told(z.strictObject({ numbers: list(item) }), { numbers }), 'numbers.3: too much');
    assert.ok(read < 100, `${read} of 100,000 items`);
    assert.deepEqual(check(list(item), [1, 2]), { value: [1, 2] });
    assert.equal(told(list(item), 'x'), 'the whole: expected a list, found the text "x"');
    assert.deepEqual(check(z.strictObject({ numbers: list(item).default([]) }), {}), {
      value: { numbers: [] },
    });
  });

  it('is not looked into where a list is too long', () => {
    let read = 0;
    const item = z.number().refine(() => {
      read += 1;
      return true;
    });
    const numbers = Array.from({ length: 100_000 }, () => 0);
    assert.equal(
      told(listOfAtMost(3, item), numbers),
      'the whole: expected at most 3 items, found a list of 100000',
    );
    assert.equal(read, 0);
    assert.equal(told(listOfAtMost(3, item), []), 'the whole: expected at least 1 item, found an empty list');
  });
});
