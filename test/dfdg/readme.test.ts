// The README's error table is made from the calls that the tests make: README=write npx mocha test/dfdg/readme.test.ts renews it.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ErrorCode, errors, unreachable } from '../../src/dfdg/codes.ts';
import { type Mistake, mistakes } from './mistakes.ts';

const README = join(import.meta.dirname, '../../README.md');
const BEGIN = '<!-- error codes: made by the tests, see test/dfdg/readme.test.ts -->\n';
const END = '<!-- end of error codes -->';

/** Codes that need more than one call: the tests that make them are named here. */
const stories: Readonly<Record<string, string>> = {
  1011: 'a defect of the emulator, or a disk that is full',
  9243: 'jobnet.VerifyPersonContactData, 15 minutes after the code was sent (move the clock: `{"advance": "PT16M"}`)',
  9244: 'jobnet.VerifyPersonContactData, after five wrong codes in 15 minutes; jobnet.GetVerificationCode, after five codes in an hour',
};

const tell = (label: string, { service = 'reminder', operation, client, values = {} }: Mistake): string => {
  const name = operation ?? 'SavePersonContactData';
  const fields = Object.entries(values).map(([field, value]) => `${field}=${value}`);
  const as = typeof client === 'string' ? ` as ${client}` : '';
  return `${service}.${name}${as}: ${label}${fields.length > 0 ? ` (\`${fields.join(' ')}\`)` : ''}`;
};

const row = (code: string): string => {
  const { english, basis, status } = errors[Number(code) as ErrorCode];
  const [first] = mistakes[code] ?? [];
  const call = first ? tell(first[0], first[1]) : stories[code];
  assert.ok(call, `${code} has no call that raises it`);
  const tag = basis === 'documented' ? 'D' : 'A';
  return `| ${code} | ${english} [${tag}] | ${status} | ${call} |`;
};

const table = (): string =>
  [
    '| code | text | REST | a call that raises it |',
    '|---|---|---|---|',
    ...Object.keys(errors).map(row),
    ...Object.entries(unreachable).map(([code, reason]) => `| ${code} | | | never: ${reason} |`),
    '',
  ].join('\n');

describe('the error table of the README', () => {
  it('is what the tests provoke, every code of it', () => {
    const readme = readFileSync(README, 'utf8');
    const [before = '', rest = ''] = readme.split(BEGIN);
    const [old, after = ''] = rest.split(END);
    if (process.env.README === 'write') writeFileSync(README, `${before}${BEGIN}${table()}${END}${after}`);
    else assert.equal(old, table(), 'renew it with README=write npx mocha test/dfdg/readme.test.ts');
  });

  it('tells of no code that is not there', () => {
    const known = new Set([...Object.keys(errors), ...Object.keys(unreachable)]);
    assert.deepEqual(
      [...Object.keys(mistakes), ...Object.keys(stories)].filter((code) => !known.has(code)),
      [],
    );
  });
});
