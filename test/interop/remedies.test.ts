// What an explanation tells the user of a stack to change is tried with that stack: with the setting wrong the message is refused for
// that cause, proved; with the setting right it is accepted.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Explained } from '../../src/explain/explained.ts';
import { control } from '../running.ts';
import { type TriedStack, tried } from './remedies/tried.ts';
import { describeWith, type Stack as Needed, PYTHON, stacks } from './stacks.ts';
import { leafOf, type Stage, staged } from './stage.ts';
import { run } from './tool.ts';

const HERE = join(import.meta.dirname, 'remedies');
const MESSAGES = 'http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1';
/** A letter beyond ASCII, for what goes wrong with those alone. */
const body = (person: string): string =>
  `<m:OpprettPostkasseForespoersel xmlns:m="${MESSAGES}"><m:personidentifikator>${person}</m:personidentifikator><m:postkasseleverandoerOrgNummer>984661185</m:postkasseleverandoerOrgNummer><m:postkasseadresse>bjørn.testesen#1234</m:postkasseadresse></m:OpprettPostkasseForespoersel>`;

interface Case {
  readonly cause: string;
  readonly wrong: boolean;
}

/** Makes the messages of all cases, in one process. */
type Signing = (stage: Stage, cases: readonly Case[]) => Promise<string[]>;

const signedBy =
  (command: string, argumentsOf: (stage: Stage) => readonly string[]): Signing =>
  async (stage, cases) => {
    const client = stage.emulator.pki.clients.get('digipost');
    assert.ok(client);
    const input = JSON.stringify({
      key: client.keyPem,
      certificate: leafOf(client.certificatePem),
      body: body('12838410985'),
      cases,
    });
    const { ok, output, said } = await run(command, argumentsOf(stage), { input });
    assert.ok(ok, said);
    return JSON.parse(output.toString('utf8')) as string[];
  };

/** What plays a stack, and makes its messages. */
const players: Readonly<Record<TriedStack, { readonly needs: Needed; readonly sign: Signing }>> = {
  PHP: { needs: stacks.phpDom, sign: signedBy('php', () => [join(HERE, 'remedies.php')]) },
  zeep: {
    needs: stacks.zeep,
    sign: signedBy(PYTHON, ({ emulator, files, write }) => [
      join(HERE, 'remedies.py'),
      files.key,
      files.certificate,
      write('other.key', emulator.pki.clients.get('eboks')?.keyPem ?? ''),
    ]),
  },
  'xml-crypto': {
    needs: stacks.nodeSoap,
    sign: signedBy(process.execPath, () => [join(HERE, 'remedies.mjs')]),
  },
};

for (const [name, causes] of tried) {
  const { needs, sign } = players[name];
  describeWith([needs], `the remedies for ${name}`, () => {
    const stage = staged();
    const messages = new Map<string, { readonly wrong: string; readonly right: string }>();
    before(async () => {
      const cases = causes.flatMap((cause) => [true, false].map((wrong) => ({ cause, wrong })));
      const texts = await sign(stage(), cases);
      for (const [index, cause] of causes.entries())
        messages.set(cause, { wrong: texts[2 * index] ?? '', right: texts[2 * index + 1] ?? '' });
    });

    for (const cause of causes)
      it(`${cause}: refused and proved, and accepted when the setting is right`, async () => {
        const { wrong = '', right = '' } = messages.get(cause) ?? {};
        const { emulator, post } = stage();
        const refused = await post(wrong);
        assert.match(String(refused.problem), /^security\.(?:digest|signature-value)$/);
        const { json } = await control(emulator.url, 'GET', '/journal?limit=1');
        const [entry] = (json as { entries: { number: number }[] }).entries;
        const { json: explained } = await control(
          emulator.url,
          'GET',
          `/journal/${entry?.number}/explanation`,
        );
        const [first] = (explained as Explained).causes;
        assert.deepEqual([first?.cause, first?.certain], [cause, true]);
        const accepted = await post(right);
        assert.deepEqual([accepted.status, accepted.problem], [200, undefined]);
      });
  });
}
