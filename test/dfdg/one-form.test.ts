// Numbers and addresses are kept as they were typed and compared in one form: over SOAP, over REST, in seeds and when put.

import assert from 'node:assert/strict';
import { BASE, EMAIL, MOBILE, openStation, registered, rowsOf, type Station } from '../rest/client.ts';
import { control } from '../running.ts';
import { call, outcome, textsOf } from './calling.ts';
import { CPR } from './circumstances.ts';

/** By type, spellings of one value each. */
const values: readonly (readonly [type: number, spellings: readonly string[]])[] = [
  [MOBILE, ['+4520123456', '004520123456', '4520123456', '20123456']],
  [MOBILE, ['0046701740623', '+46701740623']],
  [MOBILE, ['00299321000', '+299321000']],
  [
    EMAIL,
    [
      'Ida@Bl\u00e5b\u00e6r.dk',
      'ida@bla\u030ab\u00e6r.dk',
      'IDA@XN--BLBR-ROAH.DK',
      'ida@BL\u00c5B\u00c6R.dk',
    ],
  ],
  [EMAIL, ['ren\u00e9@example.dk', 'rene\u0301@example.dk', 'RENE\u0301@Example.DK']],
];

describe('a number or an address', () => {
  let station: Station;
  before(async () => {
    station = await openStation();
  });
  after(() => station.close());
  beforeEach(() => station.emulator.reset());

  const jobcenter = (method: string, path: string, body?: unknown) =>
    station.as('jobcenter')(method, path, { cpr: CPR, ...(body === undefined ? {} : { body }) });
  const save = async (type: number, value: string) => {
    const { status, text } = await jobcenter('POST', BASE, rowsOf([type, value]));
    assert.equal(status, 200, text);
  };
  const overRest = async (type: number, value: string): Promise<string[]> => {
    const kind = type === MOBILE ? 'mobiltelefon' : 'emailaddresse';
    const { status, json, text } = await jobcenter('GET', `${BASE}/${kind}/${encodeURIComponent(value)}`);
    assert.equal(status, 200, text);
    return (json.borgerer as { civilregistrationIdentifier: string }[]).map(
      (one) => one.civilregistrationIdentifier,
    );
  };
  const overSoap = async (type: number, value: string): Promise<string[]> => {
    const reply = await (type === MOBILE
      ? call(station.emulator, 'reminder', 'GetPersonByMobilePhoneNumber', {
          values: { MobileNumberIdentifier: value },
        })
      : call(station.emulator, 'reminder', 'GetPersonByEmailAddress', {
          values: { EmailAddressIdentifier: value },
        }));
    assert.equal(outcome(reply), 'OK', reply.body);
    return textsOf(reply, 'PersonCivilRegistrationIdentifier');
  };

  for (const [type, spellings] of values)
    it(`is one in each of its spellings: ${spellings.join(', ')}`, async () => {
      for (const typed of spellings) {
        await station.emulator.reset();
        await save(type, typed);
        for (const asked of spellings) {
          assert.deepEqual(await overRest(type, asked), [CPR], `${typed} by ${asked} over REST`);
          assert.deepEqual(await overSoap(type, asked), [CPR], `${typed} by ${asked} over SOAP`);
          await save(type, asked);
          assert.deepEqual(await registered(station.as('jobcenter'), CPR), [[type, typed, 1]]);
        }
      }
    });

  it('is found as it was seeded, and as it was put', async () => {
    for (const [type, [typed = '', ...others]] of values) {
      const citizen = { kontaktdata: [{ type, value: typed, status: 2 }], akasse: null };
      const ways = [
        () => control(station.emulator.url, 'PUT', `/persons/dk/${CPR}`, citizen),
        () => control(station.emulator.url, 'POST', '/seed', { citizens: [{ id: CPR, ...citizen }] }),
      ];
      for (const put of ways) {
        await station.emulator.reset();
        assert.equal((await put()).http, 200);
        for (const asked of [typed, ...others])
          assert.deepEqual(await overSoap(type, asked), [CPR], `${typed} by ${asked}`);
      }
    }
  });
});
