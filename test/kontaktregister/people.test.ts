// Norwegian persons on the command line: how each is told, who is free, and what the options make.

import assert from 'node:assert/strict';
import { people } from '../../src/kontaktregister/people.ts';

const ID = '12838410985';
const mailbox = (aktiv: boolean) => ({ leverandoer: '984661185', adresse: 'kari#1A2B', aktiv });
const channel = (verdi: string) => ({ verdi });

describe('a Norwegian person on the command line', () => {
  it('is told with status, mailboxes and channels', () => {
    const cells = (person: object): readonly string[] => people.tell({ id: ID, ...person }).cells;
    assert.deepEqual(cells({}), [ID, 'AKTIV', 'no mailbox; no mobile, no e-mail']);
    assert.deepEqual(cells({ status: 'SLETTET', slettetAarsak: 'Utgått' })[1], 'SLETTET Utgått');
    const kontaktinformasjon = {
      mobiltelefonnummer: channel('+4799999999'),
      epostadresse: channel('a@example.no'),
    };
    assert.equal(
      cells({ reservert: true, kontaktinformasjon, postkasser: [mailbox(true), mailbox(false)] })[2],
      'reserved; active mailbox with 984661185, inactive mailbox with 984661185; mobile and e-mail',
    );
    const { mobiltelefonnummer, epostadresse } = kontaktinformasjon;
    assert.match(cells({ kontaktinformasjon: { mobiltelefonnummer } })[2] ?? '', /; mobile only$/);
    assert.match(cells({ kontaktinformasjon: { epostadresse } })[2] ?? '', /; e-mail only$/);
  });

  it('is free where a mailbox can be made: active, not reserved, without one', () => {
    const free = (person: object): boolean => people.tell({ id: ID, ...person }).free;
    assert.equal(free({}), true);
    assert.equal(free({ status: 'SLETTET', slettetAarsak: 'Utgått' }), false);
    assert.equal(free({ reservert: true }), false);
    assert.equal(free({ postkasser: [mailbox(false)] }), false);
    assert.equal(people.tell({ id: ID, reservert: true }).reserved, true);
    assert.equal(people.tell({ id: ID }).reserved, false);
  });

  it('is made of the options that are given, and of no others', () => {
    assert.deepEqual(people.make({}), { reservert: false, kontaktinformasjon: {} });
    assert.deepEqual(
      people.make({ reserved: true, deleted: 'Utgått', mobile: '+4799999999', email: 'a@example.no' }),
      {
        reservert: true,
        status: 'SLETTET',
        slettetAarsak: 'Utgått',
        kontaktinformasjon: {
          mobiltelefonnummer: { verdi: '+4799999999', sistOppdatert: 'P0D' },
          epostadresse: { verdi: 'a@example.no', sistOppdatert: 'P0D' },
        },
      },
    );
  });
});
