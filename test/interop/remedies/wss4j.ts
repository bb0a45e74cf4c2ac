// The messages that WSS4J makes with one setting wrong, and with it right: java/Remedies.java, compiled and started once.

import assert from 'node:assert/strict';
import { delimiter, join } from 'node:path';
import type { Credentials } from '../../attacks/message.ts';
import { WSS4J } from '../stacks.ts';
import { leafOf, type Stage } from '../stage.ts';
import { run } from '../tool.ts';

interface Case {
  readonly cause: string;
  readonly wrong: boolean;
}

/** Signs all cases, each with this content of the Body. */
export const signedByWss4j = async (
  { directory, emulator, write }: Stage,
  cases: readonly Case[],
  { certificatePem, keyPem }: Credentials,
  body: string,
): Promise<{ readonly base64: string }[]> => {
  const source = join(import.meta.dirname, 'java', 'Remedies.java');
  const compiled = await run('javac', ['-encoding', 'UTF-8', '-cp', WSS4J, '-d', directory, source]);
  assert.ok(compiled.ok, compiled.said);
  const content = Buffer.from(body).toString('base64');
  const input = cases.map(({ cause, wrong }) => [cause, wrong ? 'wrong' : 'right', content].join('\t'));
  const { ok, output, said } = await run(
    'java',
    [
      '-XX:TieredStopAtLevel=1',
      // What getBytes() writes on a machine whose encoding is not UTF-8.
      '-Dfile.encoding=ISO-8859-1',
      '-cp',
      [WSS4J, directory].join(delimiter),
      'Remedies',
      write('signer.key', keyPem),
      write('signer.pem', leafOf(certificatePem)),
      write('other.key', emulator.pki.clients.get('eboks')?.keyPem ?? ''),
    ],
    { input: `${input.join('\n')}\n` },
  );
  assert.ok(ok, said);
  const lines = output.toString('latin1').trimEnd().split('\n');
  assert.equal(lines.length, cases.length, said);
  return lines.map((base64) => ({ base64 }));
};
