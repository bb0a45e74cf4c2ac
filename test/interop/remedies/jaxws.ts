// The messages that the runtime of JAX-WS makes with one setting wrong, and with it right: java/JaxWs.java.

import assert from 'node:assert/strict';
import { delimiter, join } from 'node:path';
import { JAXWS } from '../stacks.ts';
import type { Stage } from '../stage.ts';
import { run } from '../tool.ts';
import { type Recorded, recorded } from './recorder.ts';

/** Lets the runtime send all cases, each with this content of the Body. */
export const sentByJaxws = async (
  { directory }: Stage,
  cases: readonly { readonly cause: string; readonly wrong: boolean }[],
  body: string,
): Promise<Recorded[]> => {
  const source = join(import.meta.dirname, 'java', 'JaxWs.java');
  const compiled = await run('javac', ['-encoding', 'UTF-8', '-cp', JAXWS, '-d', directory, source]);
  assert.ok(compiled.ok, compiled.said);
  const content = Buffer.from(body).toString('base64');
  const jobs = cases.map(({ cause, wrong }) => [cause, wrong ? 'wrong' : 'right', content].join('\t'));
  return recorded(cases.length, async (address) => {
    const classpath = [JAXWS, directory].join(delimiter);
    const { ok, said } = await run('java', ['-XX:TieredStopAtLevel=1', '-cp', classpath, 'JaxWs', address], {
      input: `${jobs.join('\n')}\n`,
    });
    assert.ok(ok, said);
    return said;
  });
};
