// Seed files: the shipped one is as promised, and a bad one is explained with the place in it.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPersonidentifikator } from '../../src/identifiers/personidentifikator.ts';
import { UserError } from '../../src/kernel/user-error.ts';
import { personFromJson, personJson, personToJson } from '../../src/kontaktregister/register/json.ts';
import { openNorwegianRegister, type Seed } from '../../src/kontaktregister/register/seed.ts';
import { parseSeeds, readSeeds, standardSeeds, type WholeSeeds } from '../../src/seeds/content.ts';
import { openStore } from '../../src/store/open.ts';
import { newDirectory } from '../directories.ts';
import { PERSON } from './persons.ts';

const shipped: WholeSeeds['no'] = standardSeeds().no;
const parseSeed = (content: unknown, label: string): Seed => {
  const { no } = parseSeeds(content, label);
  assert.ok(no);
  return no;
};

const NOW = Date.parse('2026-03-31T12:00:00Z');
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

  it('goes into a register and comes out again as JSON', () => {
    const { database, close } = openStore(undefined, 'crash');
    const { store, seeding } = openNorwegianRegister(database, () => NOW);
    assert.equal(seeding.done(), false);
    seeding.add(shipped);
    seeding.mark();
    assert.equal(seeding.done(), true);
    assert.equal(store.count(), persons.length);
    const again = store.list().map((person) => personFromJson(personJson.parse(personToJson(person)), NOW));
    assert.deepEqual(again, store.list());
    assert.deepEqual([...seeding.clear()], [persons.length]);
    assert.equal(store.count(), 0);
    close();
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
      [directory, /EISDIR/],
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

  it('changes nothing when it cannot be stored', () => {
    const { database, close } = openStore(undefined, 'crash');
    const { store, rights, seeding } = openNorwegianRegister(database, () => NOW);
    seeding.add(shipped);
    const before = [store.list(), rights.list(), store.lastChange()];
    const [first] = shipped.persons;
    const unstorable = { ...first, id: '1' } as WholeSeeds['no']['persons'][number];
    const put = database.transaction(seeding.add);
    assert.throws(() => put({ persons: [unstorable], providers: [], relations: [] }), /CHECK/);
    assert.deepEqual([store.list(), rights.list(), store.lastChange()], before);
    close();
  });
});
