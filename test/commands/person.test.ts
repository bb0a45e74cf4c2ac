// kontakt person list: who is who, and who can be used for what.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { standardSeeds } from '../../src/seeds/content.ts';
import { assertOneLine, kontakt } from '../program.ts';
import { startRunning } from '../running.ts';

describe('kontakt person list', () => {
  let emulator: Emulator;
  const list = (...args: string[]) => kontakt(['person', 'list', ...args, '--url', emulator.url]);
  const linesOf = async (...args: string[]): Promise<string[]> => {
    const { code, stdout, stderr } = await list(...args);
    assert.equal(code, 0, stderr);
    return stdout.trimEnd().split('\n');
  };
  const idsOf = (lines: readonly string[]) => lines.slice(1).map((line) => line.split(' ')[0]);

  before(async () => {
    emulator = await startRunning({ inMemory: true });
  });
  after(() => emulator.close());

  it('has a header and a line of at most 100 columns for everybody, who it is in words', async () => {
    const { no, dk } = standardSeeds();
    const norway = await linesOf();
    assert.match(norway[0] ?? '', /^person +status +who$/);
    assert.deepEqual(
      idsOf(norway),
      no.persons.map(({ id }) => id),
    );
    const denmark = await linesOf('--country', 'dk');
    assert.match(denmark[0] ?? '', /^citizen +CV number +kommune +who$/);
    assert.deepEqual(
      idsOf(denmark),
      dk.citizens.map(({ id }) => id),
    );
    for (const line of [...norway, ...denmark]) assert.ok(line.length <= 100, line);
    const all = [...norway, ...denmark].join('\n');
    for (const words of [
      /^\d{11} +AKTIV +no mailbox; mobile and e-mail$/m,
      /^\d{11} +AKTIV +reserved; /m,
      /^\d{11} +SLETTET Død +/m,
      / active mailbox with \d{9}/,
      /^\d{10} +\d+ +\d+ +no contact data/m,
      /^1206445390 .* mobile verified/m,
      / dead; /,
      / had the number \d{10}/,
    ])
      assert.match(all, words);
  });

  it('lists the free and the reserved alone', async () => {
    const { no, dk } = standardSeeds();
    const free = no.persons.filter(
      (one) => one.status === 'AKTIV' && !one.reservert && one.postkasser.length === 0,
    );
    assert.deepEqual(
      idsOf(await linesOf('--free')),
      free.map(({ id }) => id),
    );
    const reserved = no.persons.filter((one) => one.reservert);
    assert.deepEqual(
      idsOf(await linesOf('--reserved')),
      reserved.map(({ id }) => id),
    );
    const alive = dk.citizens.filter((one) => !one.doed && one.kontaktdata.length === 0);
    assert.deepEqual(
      idsOf(await linesOf('--country', 'dk', '--free')),
      alive.map(({ id }) => id),
    );
    const { persons } = JSON.parse((await list('--reserved', '--json')).stdout) as { persons: unknown[] };
    assert.equal(persons.length, reserved.length);
  });

  it('refuses filters that fit nobody, and says beside the list that it is empty', async () => {
    for (const args of [
      ['--country', 'dk', '--reserved'],
      ['--free', '--reserved'],
      ['--country', 'se'],
    ]) {
      const ended = await list(...args);
      assert.equal(ended.code, 2, args.join(' '));
      assert.match(ended.stderr, /^kontakt: /);
    }
    assertOneLine(await list('--country', 'dk', '--reserved'), /cannot be reserved/);
    await emulator.reset({ seed: 'none' });
    const { stdout, stderr } = await list();
    assert.deepEqual([stdout, stderr], ['', 'the register has no such person\n']);
  });
});

describe('kontakt person add', () => {
  let emulator: Emulator;
  const add = (...args: string[]) => kontakt(['person', 'add', ...args, '--url', emulator.url]);

  before(async () => {
    emulator = await startRunning({ inMemory: true });
  });
  after(() => emulator.close());

  it('makes a Norwegian person of options', async () => {
    const added = await add('12838410985', '--reserved', '--deleted', 'Utgått', '--email', 'ny@example.no');
    assert.equal(added.code, 0, added.stderr);
    const { reservert, slettetAarsak, kontaktinformasjon } = JSON.parse(added.stdout);
    assert.deepEqual([reservert, slettetAarsak], [true, 'Utgått']);
    assert.equal(kontaktinformasjon.epostadresse.verdi, 'ny@example.no');
    assert.equal(kontaktinformasjon.mobiltelefonnummer, undefined);
  });

  it('makes a Danish citizen, and says that its options are not for one', async () => {
    const [{ id } = assert.fail('no citizens')] = standardSeeds().dk.citizens;
    const refused = await add(id, '--mobile', '12345678');
    assert.equal(refused.code, 2);
    assertOneLine(refused, /--mobile: a person of the Danish register is given as JSON, with --file/);
    const added = await add(id);
    assert.equal(added.code, 0, added.stderr);
    assert.deepEqual(JSON.parse(added.stdout).kontaktdata, []);
  });
});
