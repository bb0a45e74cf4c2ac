// What a seed names and what it leaves out: in one file for a country, or for both.

import assert from 'node:assert/strict';
import { UserError } from '../../src/kernel/user-error.ts';
import { completed, parseSeeds, standardSeeds } from '../../src/seeds/content.ts';

const PERSON = '12838410985';
const CITIZEN = '1403455896';
const provider = { orgnr: '991825827', navn: 'Mine' };
const norwegian = { organisation: '991825827', onBehalfOf: '991825827', service: 'OPPSLAGSTJENESTEN' };
const organisation = { type: 7, code: '101', name: 'Min kommune', cvr: '90000040' };
const danish = { cvr: '90000040', type: 8, code: '101' };

describe('a seed', () => {
  const standard = standardSeeds();
  const wholeOf = (content: unknown) => completed(parseSeeds(content, 'mine.json'), standard);

  it('replaces only the lists that it names, and the other country not at all', () => {
    const { no, dk } = wholeOf({ persons: [{ id: PERSON }] });
    assert.deepEqual(
      no.persons.map(({ id }) => id),
      [PERSON],
    );
    assert.deepEqual([no.providers, no.relations], [standard.no.providers, standard.no.relations]);
    assert.deepEqual(dk, standard.dk);

    const citizens = wholeOf({ citizens: [] });
    assert.deepEqual(citizens.dk, { ...standard.dk, citizens: [] });
    assert.deepEqual(citizens.no, standard.no);

    const providers = wholeOf({ providers: [provider] });
    assert.deepEqual(providers.no, { ...standard.no, providers: [provider] });
    assert.deepEqual(wholeOf({ organisations: [organisation] }).dk, {
      ...standard.dk,
      organisations: [organisation],
    });
  });

  it('may hold both countries side by side; relations are told apart by what they name', () => {
    const flat = { persons: [{ id: PERSON }], citizens: [{ id: CITIZEN }], relations: [danish, norwegian] };
    const { no, dk } = wholeOf(flat);
    assert.deepEqual([no.persons.length, dk.citizens.length], [1, 1]);
    assert.deepEqual([no.relations, dk.relations], [[norwegian], [danish]]);
    assert.deepEqual([no.providers, dk.organisations], [standard.no.providers, standard.dk.organisations]);
    // Relations of one country only: those of the other stay.
    assert.deepEqual(wholeOf({ relations: [danish] }).no, standard.no);
    // None at all: of the countries that the file is about.
    const emptied = wholeOf({ providers: [provider], relations: [] });
    assert.deepEqual(emptied.no.relations, []);
    assert.deepEqual(emptied.dk, standard.dk);
  });

  it('may hold each country under its code', () => {
    const { no, dk } = wholeOf({
      no: { persons: [{ id: PERSON }], relations: [] },
      dk: { citizens: [{ id: CITIZEN }], organisations: [organisation] },
    });
    assert.deepEqual([no.persons.length, no.relations], [1, []]);
    assert.deepEqual(no.providers, standard.no.providers);
    assert.deepEqual([dk.citizens.length, dk.organisations], [1, [organisation]]);
    assert.deepEqual(dk.relations, standard.dk.relations);
  });

  it('is explained with the place in it, in each form', () => {
    const cases: readonly [unknown, RegExp][] = [
      [{}, /names none of persons, providers, citizens, organisations and relations/],
      [{ no: {} }, /names none of/],
      [{ relations: [] }, /names none of/],
      [{ no: { persons: [{ id: '1' }] } }, /no\.persons\.0\.id/],
      [{ no: { citizens: [] } }, /no: .*citizens/],
      [{ no: { persons: [] }, persons: [] }, /whole: .*persons/],
      [{ relations: [norwegian, { ...danish, cvr: '1' }] }, /relations\.1\.cvr/],
      [{ relations: [danish, { ...norwegian, service: 'X' }] }, /relations\.1\.service/],
      [{ relations: ['x'] }, /relations\.0/],
      [{ persons: [], citizens: [{ id: '1' }] }, /citizens\.0\.id/],
    ];
    for (const [content, place] of cases)
      assert.throws(
        () => parseSeeds(content, 'mine.json'),
        (error: Error) => error instanceof UserError && place.test(error.message),
        JSON.stringify(content),
      );
  });
});
