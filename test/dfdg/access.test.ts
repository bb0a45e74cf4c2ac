// The access log: every call of the Danish services is in it, refused ones too, with what is known of who called.

import assert from 'node:assert/strict';
import { BASE, openStation, rowsOf, type Station } from '../rest/client.ts';
import { control } from '../running.ts';
import { actors, ask, type Call, call, outcome, services, textsOf } from './calling.ts';
import { elsewhere, MAIL, mistakes, ORGANISATION, without } from './mistakes.ts';

interface Access {
  readonly id: number;
  readonly reference: string;
  readonly at: string;
  readonly service: string;
  readonly operation: string | null;
  readonly citizen: string | null;
  readonly cvr: string | null;
  readonly organisationType: number | null;
  readonly organisationCode: string | null;
  readonly userType: number | null;
  readonly user: string | null;
  readonly claimed: boolean;
  readonly result: string;
  readonly exchange: number;
}

const CPR = '1403455896';
const { star } = actors;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('the access log', () => {
  let station: Station;
  let envelope: Station;
  before(async () => {
    [station, envelope] = await Promise.all([openStation(), openStation({ refusals: 'envelope' })]);
  });
  after(() => Promise.all([station.close(), envelope.close()]));

  const accesses = async ({ emulator }: Station = station): Promise<Access[]> =>
    ((await control(emulator.url, 'GET', '/access-log?limit=1000')).json as { accesses: Access[] }).accesses;
  /** What one call puts into the log. */
  const added = async (
    make: () => Promise<unknown>,
    at = station,
  ): Promise<Omit<Access, 'id' | 'exchange'>> => {
    const before = await accesses(at);
    await make();
    const after = await accesses(at);
    assert.equal(after.length, before.length + 1, 'one row for one call');
    const [newest] = after;
    assert.ok(newest);
    const { id, exchange, ...row } = newest;
    const found = await control(at.emulator.url, 'GET', `/journal/${exchange}`);
    assert.equal((found.json as { number: number }).number, exchange);
    assert.ok(
      before.every((one) => one.id < id),
      `${id}`,
    );
    assert.match(row.reference, GUID);
    return row;
  };
  const save =
    (given: Call = {}) =>
    () =>
      call(station.emulator, 'reminder', 'SavePersonContactData', {
        values: { ...MAIL, ...given.values },
        ...given,
      });
  const asStar = {
    organisationType: 1,
    organisationCode: star.organisationCode,
    userType: 3,
    user: star.userIdentifier,
  };

  it('has who called vouched for by the certificate, where the call got as far as its operation', async () => {
    const { at: _, reference: __, ...row } = await added(save());
    assert.deepEqual(row, {
      service: 'reminder',
      operation: 'SavePersonContactData',
      citizen: CPR,
      cvr: star.organisationCode,
      ...asStar,
      claimed: false,
      result: 'OK',
    });
  });

  it('has a call without a certificate, with what its headers claim', async () => {
    const row = await added(save({ client: null }));
    assert.deepEqual(
      { ...row, at: '', reference: '' },
      {
        at: '',
        reference: '',
        service: 'reminder',
        operation: 'SavePersonContactData',
        citizen: null,
        cvr: null,
        ...asStar,
        claimed: true,
        result: '1101',
      },
    );
  });

  it('has a call with a certificate that has expired, with the CVR number that it names', async () => {
    const { clock } = station.emulator;
    clock.set('security', { kind: 'offset', offset: 20 * 365 * 86_400_000 });
    try {
      const { result, cvr, claimed, organisationType } = await added(save({ client: 'akasse' }));
      assert.deepEqual([result, cvr, claimed, organisationType], ['1012', '90000024', true, 2]);
    } finally {
      clock.set('security', { kind: 'real' });
    }
  });

  it('has what the header that is there says, where the other is missing or cannot be read', async () => {
    const unknown = { organisationType: null, organisationCode: null, userType: null, user: null };
    const { organisationType, organisationCode, userType, user } = asStar;
    for (const [edit, code, known] of [
      [without('ActiveOrganisationHeader'), '8232', { userType, user }],
      [elsewhere(ORGANISATION), '8232', { userType, user }],
      [without('RequestUserMetadataHeader'), '8233', { organisationType, organisationCode }],
      [without('Header'), '8232', {}],
      [without('RegistrationDateTime'), '8235', asStar],
    ] as const) {
      const row = await added(save({ edit }));
      assert.deepEqual(
        { ...unknown, cvr: row.cvr, claimed: row.claimed, result: row.result, ...known },
        { ...unknown, cvr: star.organisationCode, claimed: true, result: code, ...known },
      );
      const { organisationType: t, organisationCode: c, userType: u, user: w } = row;
      assert.deepEqual(
        { organisationType: t, organisationCode: c, userType: u, user: w },
        { ...unknown, ...known },
      );
    }
  });

  it('has an organisation type of letters as none, and never more than 255 characters of a claim', async () => {
    const letters = await added(save({ actor: { ...star, organisationType: 'STAR' } }));
    assert.deepEqual([letters.result, letters.organisationType], ['8234', null]);
    const long = await added(save({ actor: { ...star, organisationCode: 'x'.repeat(100_000) } }));
    assert.deepEqual([long.result, long.organisationCode?.length], ['8234', 255]);
  });

  it('has a message that cannot be read, from a stranger and from a caller with a good certificate', async () => {
    const edit = (text: string): string => text.slice(0, -4);
    const stranger = await added(save({ edit, client: null }));
    assert.deepEqual(
      [stranger.operation, stranger.organisationType, stranger.claimed, stranger.result],
      [null, null, true, '1101'],
    );
    const known = await added(save({ edit }));
    assert.deepEqual(
      [known.operation, known.cvr, known.claimed, known.result],
      [null, star.organisationCode, true, '1014'],
    );
  });

  it('has a body against the schema, and an unknown operation, of a caller that was admitted', async () => {
    const invalid = await added(save({ edit: without('PersonContactDataCollection') }));
    assert.deepEqual(
      { ...invalid, at: '', reference: '' },
      {
        at: '',
        reference: '',
        service: 'reminder',
        operation: 'SavePersonContactData',
        citizen: null,
        cvr: star.organisationCode,
        ...asStar,
        claimed: false,
        result: '1014',
      },
    );
    const unknown = await added(
      save({ edit: (text) => text.replaceAll('SavePersonContactDataRequest', 'Unknown') }),
    );
    assert.deepEqual([unknown.operation, unknown.claimed, unknown.result], [null, false, '1014']);
  });

  it('has what SOAP itself refuses, which has no code, by its name', async () => {
    const block = '<x:Other xmlns:x="urn:other" soap:mustUnderstand="1"/>';
    const row = await added(
      save({
        edit: (text) => {
          const prefix = /<([\w-]+):Header>/.exec(text)?.[1] ?? '';
          return text.replace(
            `<${prefix}:Header>`,
            `<${prefix}:Header>${block.replace('soap:', `${prefix}:`)}`,
          );
        },
      }),
    );
    assert.deepEqual([row.result, row.cvr], ['soap.must-understand', star.organisationCode]);
  });

  it('has every refusal of the error table once, with its code', async () => {
    await station.emulator.reset();
    for (const [code, list] of Object.entries(mistakes))
      for (const [label, { service = 'reminder', operation = 'SavePersonContactData', ...given }] of list) {
        const values = operation === 'SavePersonContactData' ? { ...MAIL, ...given.values } : given.values;
        const row = await added(() =>
          call(station.emulator, service, operation, { ...given, ...(values ? { values } : {}) }),
        );
        assert.deepEqual([row.service, row.result], [service, code], label);
      }
  });

  it('has the reference that a refusal in an envelope names', async () => {
    for (const given of [
      { client: null },
      { edit: without('ActiveOrganisationHeader') },
      { values: { PersonContactData: 'x' } },
    ]) {
      let named: string | undefined;
      const row = await added(async () => {
        const reply = await call(envelope.emulator, 'reminder', 'SavePersonContactData', {
          ...given,
          values: { ...MAIL, ...('values' in given ? given.values : {}) },
        });
        assert.equal(outcome(reply), 'FEILET');
        [named] = textsOf(reply, 'ServiceRequestLogReferenceIdentifier');
      }, envelope);
      assert.equal(row.reference, named);
    }
  });

  it('has no request that HTTP refused: a GET of the service is no call', async () => {
    const before = await accesses();
    const path = services.reminder.paths[0] ?? '';
    assert.equal((await ask(station.emulator, 'GET', path, { client: 'star' })).http, 405);
    assert.deepEqual(await accesses(), before);
  });

  it('marks who called as claimed under the profile none, where no certificate vouches for anybody', async () => {
    const open = await openStation({ profile: 'none' });
    try {
      const make = () =>
        call(open.emulator, 'reminder', 'GetPersonContactData', { client: null, actor: star });
      const { result, claimed, cvr, user } = await added(make, open);
      assert.deepEqual([result, claimed, cvr, user], ['OK', true, null, star.userIdentifier]);
    } finally {
      await open.close();
    }
  });

  describe('over REST', () => {
    const get =
      (client: string | undefined, headers: Record<string, string> = {}, cpr: string = CPR) =>
      () =>
        station.as(client)('GET', BASE, { cpr, headers });
    const claim = {
      'x-active-organisation-type-identifier': '7',
      'x-active-organisation-code': '101',
      'x-request-user-type-identifier': '2',
      'x-request-user-identifier': 'somebody',
    };
    const claimed = { organisationType: 7, organisationCode: '101', userType: 2, user: 'somebody' };
    const whoIn = ({
      organisationType,
      organisationCode,
      userType,
      user,
    }: Omit<Access, 'id' | 'exchange'>) => ({
      organisationType,
      organisationCode,
      userType,
      user,
    });

    it('has calls without, and with an untrusted certificate, as they claim to be', async () => {
      const none = await added(get(undefined, claim));
      assert.deepEqual([none.result, none.cvr, none.claimed, whoIn(none)], ['1101', null, true, claimed]);
      const bare = await added(get(undefined));
      assert.deepEqual(whoIn(bare), {
        organisationType: null,
        organisationCode: null,
        userType: null,
        user: null,
      });
      const expired = await added(get('utloept', claim));
      assert.deepEqual([expired.result, expired.claimed, whoIn(expired)], ['1012', true, claimed]);
      assert.deepEqual([none.service, none.operation], ['rest', 'GetPersonContactData']);
    });

    it('has every other refusal too, with the code or the status that it was answered by', async () => {
      const post =
        (body: unknown, headers: Record<string, string> = {}) =>
        () =>
          station.as('jobcenter')('POST', BASE, { cpr: CPR, body, headers });
      const id = { 'x-requestId': 'logged' };
      await get('jobcenter', id)();
      const rows = [
        await added(get('jobcenter', claim)),
        await added(get('jobcenter', id)),
        await added(post('{')),
        await added(post('x'.repeat(64 * 1024 + 1))),
        await added(post(rowsOf([1, '12']))),
        await added(get('jobcenter', {}, '0000000000')),
      ];
      assert.deepEqual(
        rows.map(({ result, claimed: mark, cvr }) => [result, mark, cvr]),
        [
          ['4575', true, '90000075'],
          ['HTTP 412', false, '90000075'],
          ['1014', false, '90000075'],
          ['HTTP 413', false, '90000075'],
          ['9156', false, '90000075'],
          ['1010', false, '90000075'],
        ],
      );
    });
  });
});
