// Explanations of refusals by rules, asked for as a user asks, and the calls that they propose, made as they stand.

import assert from 'node:assert/strict';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import type { Explained, ExplainedCause } from '../../../src/explain/explained.ts';
import { runScript } from '../../docs/scripts.ts';
import { PROGRAM } from '../../program.ts';
import { control } from '../../running.ts';

type Running = Pick<Emulator, 'url'>;

/** The explanation of an exchange, by its id or number. */
export const explanationOf = async (
  { url }: Running,
  exchange: string | number,
  unmasked = true,
): Promise<Explained> => {
  const query = unmasked ? '?unmasked=true' : '';
  const { http, json } = await control(url, 'GET', `/journal/${exchange}/explanation${query}`);
  assert.equal(http, 200, JSON.stringify(json));
  return json as Explained;
};

/** The one cause of a refusal. */
export const causeOf = async (...asked: Parameters<typeof explanationOf>): Promise<ExplainedCause> => {
  const { verdict, causes } = await explanationOf(...asked);
  assert.equal(verdict, 'refused');
  // What the message itself shows may stand before it.
  const [cause, ...more] = causes.filter(({ basis }) => basis !== undefined);
  assert.ok(cause);
  assert.deepEqual(more, []);
  return cause;
};

/** Makes the call that an explanation proposes, in a shell or over HTTP, as it stands. */
export const make = async ({ url }: Running, change: string | undefined): Promise<void> => {
  assert.ok(change, 'no change is proposed');
  if (change.startsWith('kontakt ')) {
    const script = `kontakt() { "${process.execPath}" "${PROGRAM}" "$@"; }; ${change} --url ${url}`;
    const { code, output, errors } = await runScript(script, process.cwd());
    assert.equal(code, 0, `${change}\n${output}${errors}`);
    return;
  }
  const [, method = '', path = '', body = ''] =
    /^(PUT|POST) \/_emulator(\/\S+) (\{.*\})$/s.exec(change) ?? assert.fail(change);
  const { http, json } = await control(url, method, path, JSON.parse(body));
  assert.ok(http < 300, `${change}\n${JSON.stringify(json)}`);
};

/** The number of the last exchange. */
export const lastOf = ({ journal }: Pick<Emulator, 'journal'>): number => {
  const [entry] = journal.list();
  assert.ok(entry);
  return entry.number;
};
