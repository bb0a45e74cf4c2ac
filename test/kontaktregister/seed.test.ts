// Seed files: the shipped one is as promised, and a bad one is explained with the place in it.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tablesOf } from '../../src/emulator/contracts.ts';
import { openRegisters } from '../../src/emulator/registers.ts';
import { checkPersonidentifikator } from '../../src/identifiers/personidentifikator.ts';
import { UserError } from '../../src/kernel/user-error.ts';
import { norway } from '../../src/kontaktregister/contract.ts';
import { brought } from '../../src/kontaktregister/register/history.ts';
import { personFromJson, personJson, personToJson } from '../../src/kontaktregister/register/json.ts';
import { organisations } from '../../src/kontaktregister/register/organisations.ts';
import type { Seed } from '../../src/kontaktregister/register/seed.ts';
import { changes, persons as register } from '../../src/kontaktregister/register/store.ts';
import { parseSeeds, readSeeds, standardSeeds, type WholeSeeds } from '../../src/seeds/content.ts';
import { seedSource } from '../../src/seeds/source.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import { openEngine } from '../../src/store/open.ts';
import { createSqliteEngine } from '../../src/store/sqlite/engine.ts';
import { openTables } from '../../src/store/sqlite/open.ts';
import { newDirectory } from '../directories.ts';
import { DIGIPOST, EBOKS } from '../running.ts';
import { found, written } from '../store/contract/verbs.ts';
import { PERSON } from './persons.ts';

const shipped: WholeSeeds['no'] = standardSeeds().no;
const parseSeed = (content: unknown, label: string): Seed => {
  const { no } = parseSeeds(content, label);
  assert.ok(no);
  return no;
};

const NOW = Date.parse('2026-03-31T12:00:00Z');
const SEED = { at: NOW, means: 'seed' };
const OTHER = '05919124263';
const now = (): number => NOW;
const settings = resolveOptions({});

/** A register in memory, with what seeds it. */
const openSeeding = () => {
  const engine = openEngine(
    { directory: undefined, durability: 'crash', real: now },
    norway.tables(settings),
  );
  return { engine, ...norway.open({ settings, engine, now }) };
};

const instantOf = (text: string): number | undefined =>
  personFromJson(
    personJson.parse({
      id: PERSON,
      kontaktinformasjon: { epostadresse: { verdi: 'a@b', sistOppdatert: text } },
    }),
    NOW,
  ).email?.updated;

describe('the shipped seed', () => {
  const { persons, providers, relations } = shipped;

  it('begins with at least twelve plain persons and holds synthetic numbers only, each once', () => {
    for (const { status, reservert, postkasser } of persons.slice(0, 12))
      assert.deepEqual(
        { status, reservert, postkasser },
        { status: 'AKTIV', reservert: false, postkasser: [] },
      );
    for (const { id } of persons) {
      assert.equal(checkPersonidentifikator(id), undefined, id);
      assert.ok(Number(id.slice(2, 4)) > 80, id);
    }
    assert.equal(new Set(persons.map(({ id }) => id)).size, persons.length);
  });

  it('approves Digipost and e-Boks, who may look citizens up for themselves', () => {
    assert.deepEqual(
      providers.map(({ orgnr }) => orgnr),
      ['984661185', '996460320'],
    );
    assert.equal(relations.length, 4);
    assert.ok(relations.every(({ organisation, onBehalfOf }) => organisation === onBehalfOf));
  });

  it('goes into a register and comes out again as JSON, in its order, each person a change by the emulator', async () => {
    const { engine, seeding } = openSeeding();
    assert.equal(seeding.done(), false);
    await written(engine, ...seeding.add(shipped), seeding.mark());
    assert.equal(seeding.done(), true);
    const { states } = await found(engine, register.page(1000));
    assert.deepEqual(
      states.map(({ id }) => id),
      persons.map(({ id }) => id),
    );
    const again = states.map((person) =>
      brought(personFromJson(personJson.parse(personToJson(person)), NOW), SEED),
    );
    assert.deepEqual(again, states);
    const rows = await found(engine, changes.rows({ limit: 1000 }));
    assert.equal(rows.length, persons.length);
    assert.deepEqual(rows.at(-1), { id: 1, at: NOW, person: persons[0]?.id, cause: 'emulator' });
    const rights = organisations.current(engine);
    assert.deepEqual(rights.providers, providers);
    assert.deepEqual(new Set(rights.relations), new Set(relations));
    await written(engine, ...seeding.clear);
    assert.equal(await found(engine, register.count()), 0);
    assert.equal(await found(engine, changes.last()), 0);
    assert.equal(organisations.current(engine), rights);
    await engine.close();
  });
});

describe('a seed', () => {
  it('replaces what it names, and the rest stays', async () => {
    const { engine, seeding } = openSeeding();
    const [first, second] = shipped.persons;
    assert.ok(first && second);
    await written(engine, ...seeding.add(shipped));
    const before = organisations.current(engine);

    await written(engine, ...seeding.add({ persons: [{ ...first, reservert: true }] }));
    const stored = async (id: string) => found(engine, register.find(id));
    assert.equal((await stored(first.id))?.reserved, true);
    assert.deepEqual(await stored(second.id), brought(personFromJson(second, NOW), SEED));
    assert.equal(await found(engine, register.count()), shipped.persons.length);
    assert.deepEqual(organisations.current(engine), before);

    const provider = { orgnr: EBOKS, navn: 'alone' };
    await written(engine, ...seeding.add({ providers: [provider] }));
    assert.deepEqual(organisations.current(engine), { ...before, providers: [provider] });
    await written(engine, ...seeding.add({ relations: [] }));
    assert.deepEqual(organisations.current(engine), { providers: [provider], relations: [] });
    assert.equal(await found(engine, register.count()), shipped.persons.length);
    await engine.close();
  });
});

describe('times in a seed', () => {
  it('are durations before the seeding, by the calendar, or instants', () => {
    const month = Date.parse('2026-02-28T12:00:00Z');
    assert.equal(instantOf('-P1M'), month);
    assert.equal(instantOf('P0D'), NOW);
    assert.equal(instantOf('2022-10-31T23:00:00Z'), Date.parse('2022-10-31T23:00:00Z'));
    assert.throws(() => instantOf('yesterday'), /neither an ISO 8601 instant nor a duration/);
  });

  it('are whole milliseconds, or the register could not store them', () => {
    for (const text of ['-PT0.0005S', '-PT1.23456789S', '2026-01-01T00:00:00.1239Z'])
      assert.ok(Number.isInteger(instantOf(text)), text);
  });

  it('are refused when no calendar reaches them', () => {
    assert.throws(() => instantOf('-P999999Y'));
  });
});

describe('a seed that cannot be used', () => {
  const explained = (content: unknown, place: RegExp): void =>
    assert.throws(
      () => parseSeed(content, 'mine.json'),
      (error: Error) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, /^seed mine\.json: [^\n]+$/);
        assert.match(error.message, place);
        return true;
      },
    );
  const person = { id: PERSON };
  const mailbox = { leverandoer: '984661185', adresse: 'kari.testesen#1A2B', aktiv: true };

  it('is explained with the place in it', () => {
    const cases: readonly [unknown, RegExp][] = [
      [[], /: the whole: /],
      [{}, /: it names none of persons, providers/],
      [{ persons: [person, { id: '12838410986' }] }, /persons\.1\.id: .*control digits/],
      [{ persons: [{ ...person, status: 'DØD' }] }, /persons\.0\.status/],
      [{ persons: [{ ...person, reserved: true }] }, /persons\.0: .*reserved/],
      [
        { persons: [{ ...person, postkasser: [{ ...mailbox, adresse: 'short' }] }] },
        /postkasser\.0\.adresse/,
      ],
      [
        { persons: [{ ...person, postkasser: [{ ...mailbox, leverandoer: '9908:984661185' }] }] },
        /leverandoer: .*nine digits/,
      ],
      [
        { persons: [{ ...person, postkasser: [mailbox, mailbox] }] },
        /persons\.0: .*(one mailbox|may be active)/,
      ],
      [
        { persons: [{ ...person, postkasser: [mailbox, { ...mailbox, leverandoer: '996460320' }] }] },
        /persons\.0: at most one mailbox may be active/,
      ],
      [{ persons: [], providers: [{ orgnr: 'x' }] }, /providers\.0\.orgnr/],
      [
        { persons: [], relations: [{ organisation: '984661185', onBehalfOf: '984661185', service: 'X' }] },
        /relations\.0\.service/,
      ],
      [{ persons: [], person: [] }, /: the whole: .*person/],
    ];
    for (const [content, place] of cases) explained(content, place);
  });

  it('is explained when it is no file, no JSON, or not readable', () => {
    const directory = newDirectory();
    const broken = join(directory, 'broken.json');
    writeFileSync(broken, '{"persons": [}');
    for (const [name, reason] of [
      [join(directory, 'none.json'), /there is no such file/],
      [broken, /JSON/],
      [directory, /it is a directory, not a file/],
    ] as const)
      assert.throws(
        () => readSeeds(name),
        (error: Error) => {
          assert.ok(error instanceof UserError);
          assert.ok(error.message.startsWith(`seed ${name}: `), error.message);
          assert.match(error.message, reason);
          return true;
        },
      );
  });

  it('with the same person twice is refused, since one of the two would be lost', () => {
    explained({ persons: [person, { ...person, reservert: true }] }, /12838410985|persons/);
  });

  it('changes nothing when it cannot be stored, and says why in one line', async () => {
    const parts = openTables(undefined, 'crash', tablesOf(settings));
    const engine = createSqliteEngine(parts, now);
    const registers = await openRegisters({ engine, now, settings }, seedSource('standard', undefined));
    const content = async () => [
      await found(engine, register.page(1000)),
      organisations.current(engine),
      await found(engine, changes.last()),
    ];
    const before = await content();
    parts.database.pragma(`max_page_count = ${parts.database.pragma('page_count', { simple: true })}`);
    const sertifikat = Buffer.alloc(500_000, 7).toString('base64');
    const large = { ...mailbox, leverandoer: DIGIPOST, sertifikat };
    const seeds = parseSeeds(
      { providers: [], persons: [person, { id: OTHER, postkasser: [large] }] },
      'mine',
    );
    await assert.rejects(registers.add(seeds), (error: Error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /^the register: the disk is full[^\n]*$/);
      return true;
    });
    assert.deepEqual(await content(), before);
    await engine.close();
  });
});
