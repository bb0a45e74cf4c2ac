// A user who is a citizen (user type 1): held to his or her own data, over SOAP and REST, unless a setting says otherwise.

import assert from 'node:assert/strict';
import { BASE, openStation, type Station } from '../rest/client.ts';
import { actors, call, citizensOf, journalOf, outcome, textsOf } from './calling.ts';
import { MAIL } from './mistakes.ts';

const CPR = '1403455896';
const OTHER = '0211416726';
const OTHER_CV = '10000002';
const CURRENT = '2406506552';
const FORMER = '2406505319';

describe('a user who is a citizen', () => {
  let station: Station;
  before(async () => {
    station = await openStation();
  });
  after(() => station.close());
  beforeEach(() => station.emulator.reset());

  const citizen = (userIdentifier: string) => ({ ...actors.jobnet, userType: '1', userIdentifier });
  const save = (userIdentifier: string, cv = '10000001', at = station) =>
    call(at.emulator, 'jobnet', 'SavePersonContactData', {
      actor: citizen(userIdentifier),
      values: { ...MAIL, CvCustomerIdentifier: cv },
    });
  const restAs = (userIdentifier: string, path: string, cpr?: string) =>
    station.as('jobcenter')('GET', path, {
      ...(cpr === undefined ? {} : { cpr }),
      headers: { 'x-request-user-type-identifier': '1', 'x-request-user-identifier': userIdentifier },
    });

  it('reads and writes his or her own data', async () => {
    assert.equal(outcome(await save(CPR)), 'OK');
    const read = await call(station.emulator, 'jobnet', 'GetPersonContactData', { actor: citizen(CPR) });
    assert.deepEqual(textsOf(read, 'PersonContactData').at(-1), MAIL.PersonContactData);
    assert.equal((await restAs(CPR, BASE, CPR)).status, 200);
  });

  it('is refused with 4575 for everybody else, and the journal says that this is assumed', async () => {
    const before = await citizensOf(station.emulator);
    const reply = await save(CPR, OTHER_CV);
    assert.equal(outcome(reply), '4575');
    const { explanation } = await journalOf(station.emulator, reply);
    assert.equal(explanation?.basis, 'assumed');
    assert.match(explanation.remedy, /citizenUser/);
    assert.deepEqual(await citizensOf(station.emulator), before);
    assert.equal((await restAs(CPR, BASE, OTHER)).json.fejlkode, 4575);
  });

  it('does not learn whether another citizen is dead, or has an old number', async () => {
    for (const other of ['10000028', '10000030']) assert.equal(outcome(await save(CPR, other)), '4575');
  });

  it('may still be known by a former number', async () => {
    const { status } = await station.as('star')('GET', BASE, {
      cpr: CURRENT,
      headers: { 'x-request-user-type-identifier': '1', 'x-request-user-identifier': FORMER },
    });
    assert.equal(status, 200);
  });

  it('finds nobody but himself or herself by a number that several have', async () => {
    const shared = ['0202518583', '1608495963'];
    for (const [user, found] of [
      [shared[0], [shared[0]]],
      [CPR, []],
    ] as const) {
      const { status, json } = await station.as('star')('GET', `${BASE}/mobiltelefon/34412313`, {
        headers: { 'x-request-user-type-identifier': '1', 'x-request-user-identifier': user ?? '' },
      });
      assert.equal(status, 200);
      const rows = json.borgerer as { civilregistrationIdentifier: string }[];
      assert.deepEqual(
        rows.map(({ civilregistrationIdentifier }) => civilregistrationIdentifier),
        found,
      );
    }
  });

  it('without a CPR number as UserIdentifier is refused, before the body is looked at', async () => {
    for (const identifier of [actors.jobnet.userIdentifier, '140345-5896', '3002455896', 'me']) {
      const reply = await call(station.emulator, 'jobnet', 'SavePersonContactData', {
        actor: citizen(identifier),
        edit: (text) => text.replaceAll('PersonContactDataCollection', 'Other'),
      });
      assert.equal(outcome(reply), '4575', identifier);
    }
    assert.equal((await restAs('me', BASE, CPR)).json.fejlkode, 4575);
  });

  it('is of no other type: an official with the same identifier is held to the certificate instead', async () => {
    const official = { ...actors.jobnet, userType: '2' };
    const reply = await call(station.emulator, 'jobnet', 'GetPersonContactData', { actor: official });
    assert.equal(outcome(reply), 'OK');
    const asCitizen = { ...official, userIdentifier: CPR };
    assert.equal(
      outcome(await call(station.emulator, 'jobnet', 'GetPersonContactData', { actor: asCitizen })),
      '4575',
    );
  });

  it('may call for every citizen of the organisation with dfdg.citizenUser: any', async () => {
    const open = await openStation({ dfdg: { citizenUser: 'any' } });
    try {
      assert.equal(outcome(await save(CPR, OTHER_CV, open)), 'OK');
      assert.equal(outcome(await save('me', OTHER_CV, open)), '4575');
    } finally {
      await open.close();
    }
  });
});
