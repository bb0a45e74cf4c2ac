// Persons from files and into them, as a test author has it: by the code of the commands, with the same refusals.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createEmulator, type Emulator } from '../../src/index.ts';
import { newDirectory } from '../directories.ts';
import { synthetic } from '../seeds/synthetic.ts';

const whole = async (text: AsyncIterable<string>): Promise<string> => {
  let all = '';
  for await (const piece of text) all += piece;
  return all;
};
const pieces = async function* (...texts: readonly (string | Uint8Array)[]) {
  yield* texts;
};

describe('the library with files of persons', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await createEmulator({ port: 0, tlsPort: 0, log: 'silent', inMemory: true });
  });
  beforeEach(() => emulator.reset());
  after(() => emulator.close());

  it('exports the persons of a country, and imports them again from a file and from what yields it', async () => {
    const { no, dk } = emulator.persons;
    const before = await no.list();
    const official = await whole(await no.export());
    assert.match(official, /^<\?xml .*\n<eks:Kontaktregister /);
    const lines = await whole(await no.export('ndjson'));
    const citizens = await whole(await dk.export());
    await emulator.reset({ seed: 'none' });
    const file = join(newDirectory(), 'persons.ndjson.gz');
    writeFileSync(file, gzipSync(lines));
    assert.equal(await no.import(file), before.length);
    assert.deepEqual(await no.list(), before);
    assert.equal(await no.import(pieces(official), { format: 'xml' }), before.length);
    const octets = Buffer.from(citizens);
    assert.equal(
      await dk.import(pieces(octets.subarray(0, 99), octets.subarray(99))),
      (await dk.list()).length,
    );
    assert.equal(await whole(await dk.export('ndjson')), citizens);
  });

  it('says how far it came, and goes on from there', async () => {
    const { no } = emulator.persons;
    await emulator.reset({ seed: 'none' });
    const ids = synthetic(1200);
    const rows = ids.map((id) => `${JSON.stringify({ id })}\n`);
    await assert.rejects(no.import(pieces(...rows.slice(0, 1100), '{"id":"1"}\n')), {
      message:
        /^line 1101: id: not a personidentifikator: .*; the first 1000 persons of the file are in the register, and none after them; go on with skip: 1000$/,
    });
    assert.equal((await no.list()).length, 1000);
    assert.equal(await no.import(pieces(...rows), { skip: 1000 }), 200);
    assert.equal((await no.list()).length, 1200);
  });

  it('refuses what is no file of the country, in one line without an option of the command line', async () => {
    const { no, dk } = emulator.persons;
    const before = await no.list();
    for (const [doing, message] of [
      [() => dk.import('persons.xml'), /come in as ndjson, not xml$/],
      [() => no.import('persons'), /come in as .*: the name of the file does not tell$/],
      [
        () => no.import(join(newDirectory(), 'none.csv')),
        /none\.csv: there is no such file or folder; nothing of it was taken$/,
      ],
      [() => no.import(pieces(), { skip: -1 }), /^skip is a whole number from 0$/],
      [() => dk.export('csv'), /go out as ndjson, not csv$/],
      [() => no.generate(0.5), /^count is a whole number from 0$/],
      [() => no.generate(10_000_001), /^at most 10000000 persons can be made up$/],
    ] as const)
      await assert.rejects(doing, { message });
    assert.deepEqual(await no.list(), before);
  });

  it('makes up the same persons for the same number', async () => {
    const { no } = emulator.persons;
    const made = async (seed?: number) => {
      await emulator.reset({ seed: 'none' });
      assert.equal(await no.generate(1100, seed), 1100);
      return (await no.list()).map(({ id }) => id);
    };
    const ids = await made();
    assert.equal(new Set(ids).size, 1100);
    assert.deepEqual(await made(0), ids);
    assert.notDeepEqual(await made(7), ids);
  });
});
