// What of a person is delivered: by what was asked for, alone and together, by status, reservation and age.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDuration, parseDuration } from '../../../src/kernel/clock.ts';
import { changed, type Delivered, lookedUp } from '../../../src/kontaktregister/oppslagstjeneste/delivery.ts';
import { type Need, needs } from '../../../src/kontaktregister/oppslagstjeneste/version.ts';
import type { Channel, Mailbox, Person } from '../../../src/kontaktregister/register/person.ts';

const NOW = Date.parse('2026-11-26T12:00:00Z');
const ID = '12838410985';

const before = (duration: string, now = NOW): number =>
  addDuration(now, parseDuration(`-${duration}`) ?? assert.fail(duration));
const channel = (updated?: string, verified?: string): Channel => ({
  value: '40000001',
  ...(updated === undefined ? {} : { updated: before(updated) }),
  ...(verified === undefined ? {} : { verified: before(verified) }),
});
const certificate = Buffer.from('certificate');
const active: Mailbox = { provider: '984661185', address: 'a.b#0001', certificate, active: true };
const inactive: Mailbox = { provider: '996460320', address: '1000000001', active: false };
const aPerson = (change: Partial<Person> = {}): Person => ({
  id: ID,
  status: 'AKTIV',
  reserved: false,
  mobile: channel('P1M'),
  mailboxes: [inactive, active],
  ...change,
});
const looked = (person: Person | undefined, ...asked: readonly Need[]): Delivered =>
  lookedUp(new Set(asked), NOW)(ID, person);

const always = { id: ID, reserved: false, status: 'AKTIV' };
const contact = { contact: { mobile: channel('P1M') } };
const mailbox = { mailbox: { provider: active.provider, address: active.address } };

/** What each adds where it is asked for. */
const parts: Readonly<Record<Need, object>> = {
  Person: {},
  Kontaktinfo: contact,
  Sertifikat: { certificate },
  SikkerDigitalPost: mailbox,
  VarslingsStatus: { notifiable: true },
};

/** Every selection of them. */
const selections = Array.from({ length: 2 ** needs.length }, (_, bits) =>
  needs.filter((_need, place) => (bits >> place) % 2 === 1),
);

describe('what HentPersoner delivers', () => {
  for (const asked of selections.filter(({ length }) => length > 0))
    it(`to ${asked.join(', ')} is that and nothing else`, () =>
      assert.deepEqual(
        looked(aPerson(), ...asked),
        Object.assign({}, always, ...asked.map((need) => parts[need])),
      ));

  it('of somebody unknown is the status alone, and that nobody can be notified where that is asked for', () => {
    assert.deepEqual(looked(undefined, 'Person', 'Kontaktinfo', 'SikkerDigitalPost', 'Sertifikat'), {
      id: ID,
      status: 'IKKE_REGISTRERT',
    });
    assert.deepEqual(looked(undefined, ...needs), { id: ID, status: 'IKKE_REGISTRERT', notifiable: false });
  });

  it('of somebody deleted is never contact information, mailbox or certificate', () => {
    const deleted = aPerson({ status: 'SLETTET', deletionCause: 'Død' });
    const told = { ...always, status: 'SLETTET', deletionCause: 'Død' };
    for (const asked of selections)
      assert.deepEqual(
        looked(deleted, ...asked),
        asked.includes('VarslingsStatus') ? { ...told, notifiable: false } : told,
      );
  });

  it('of somebody reserved is never a mailbox, and the contact information where nothing is filtered', () => {
    const reserved = aPerson({ reserved: true });
    const told = { ...always, reserved: true };
    const all = needs.filter((need) => need !== 'VarslingsStatus');
    assert.deepEqual(looked(reserved, ...all), { ...told, ...contact });
    assert.deepEqual(looked(reserved, ...needs), { ...told, notifiable: false });
  });

  it('of a mailbox that is not active, or without a certificate, is nothing', () => {
    assert.deepEqual(looked(aPerson({ mailboxes: [inactive] }), 'SikkerDigitalPost', 'Sertifikat'), always);
    const { certificate: _none, ...bare } = active;
    assert.deepEqual(looked(aPerson({ mailboxes: [bare] }), 'SikkerDigitalPost', 'Sertifikat'), {
      ...always,
      ...mailbox,
    });
  });
});

describe('contact information that counts', () => {
  const notifiable = (person: Partial<Person>): boolean | undefined =>
    looked(aPerson({ mailboxes: [], ...person }), 'VarslingsStatus').notifiable;

  for (const [title, mobile, expected] of [
    ['is that of yesterday', channel('P1D'), true],
    ['is that of 18 months ago to the millisecond', channel('P18M'), true],
    ['is not older', { value: '1', updated: before('P18M') - 1 }, false],
    ['is old information that was confirmed', channel('P6Y', 'P1M'), true],
    ['is not what was confirmed too long ago', channel('P6Y', 'P19M'), false],
    ['is what was changed after it was confirmed', channel('P1M', 'P6Y'), true],
    ['is not what has no date', channel(), false],
  ] as const)
    it(title, () => assert.equal(notifiable({ mobile }), expected));

  it('is any of the two', () => {
    const [fresh, old] = [channel('P1M'), channel('P3Y')];
    for (const [mobile, email, expected] of [
      [fresh, old, true],
      [old, fresh, true],
      [old, old, false],
    ] as const)
      assert.equal(notifiable({ mobile, email }), expected);
  });

  it('is delivered as a whole, the expired part too', () => {
    const both = { mobile: channel('P1M'), email: channel('P3Y') };
    assert.deepEqual(looked(aPerson(both), 'Kontaktinfo', 'VarslingsStatus').contact, both);
  });

  it('leaves everything else out where it is asked about and has expired, and nothing where it is not', () => {
    const expired = aPerson({ mobile: channel('P3Y') });
    assert.deepEqual(looked(expired, ...needs), { ...always, notifiable: false });
    const all = needs.filter((need) => need !== 'VarslingsStatus');
    assert.deepEqual(looked(expired, ...all), {
      ...always,
      contact: { mobile: channel('P3Y') },
      ...mailbox,
      certificate,
    });
  });

  it('never comes back by time alone, whatever its dates', () => {
    const date = fc.option(fc.integer({ min: -5e12, max: NOW }), { nil: undefined });
    fc.assert(
      fc.property(date, date, fc.nat({ max: 1e12 }), (updated, verified, later) => {
        const mobile = {
          value: '1',
          ...(updated === undefined ? {} : { updated }),
          ...(verified === undefined ? {} : { verified }),
        };
        const at = (now: number): boolean | undefined =>
          lookedUp(new Set(['VarslingsStatus'] as const), now)(ID, aPerson({ mobile })).notifiable;
        assert.ok(at(NOW) || !at(NOW + later));
      }),
    );
  });
});

describe('what HentEndringer delivers', () => {
  it('has the contact information always, and nothing is left out for its age', () => {
    const expired = aPerson({ mobile: channel('P3Y') });
    const old = { contact: { mobile: channel('P3Y') } };
    assert.deepEqual(changed(new Set(['Person'] as const))(expired), { ...always, ...old });
    assert.deepEqual(changed(new Set(needs))(expired), { ...always, ...old, ...mailbox, certificate });
  });

  it('has nothing of a deleted person, and no mailbox of a reserved one', () => {
    assert.deepEqual(changed(new Set(needs))(aPerson({ status: 'SLETTET' })), {
      ...always,
      status: 'SLETTET',
    });
    assert.deepEqual(changed(new Set(needs))(aPerson({ reserved: true })), {
      ...always,
      reserved: true,
      ...contact,
    });
  });
});
