// The SOAP headers of a call: one of each, and every name in it in the namespace that its schema wants.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { control, startRunning } from '../running.ts';
import { call, journalOf, outcome, services } from './calling.ts';
import { MAIL, replacing, twice } from './mistakes.ts';

const CODE_LIST = 'http://service.bm.dk/pjaktass/2013/06/07/CodeListBase/';
const USER_TYPES = 'http://service.bm.dk/pjaktass/2015/01/21/RequestUserTypeIdentifierCodeList/';
const ACTIVE = 'http://rep.oio.dk/ams.dk/xml/schemas/2005/09/01/';
const MESSAGE = services.reminder.operations[0]?.request.namespace ?? '';

describe('the SOAP headers of the Danish services', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());

  const refusal = async (edit: (envelope: string) => string) => {
    const reply = await call(emulator, 'reminder', 'SavePersonContactData', { values: MAIL, edit });
    const { explanation } = await journalOf(emulator, reply);
    assert.ok(explanation, reply.body);
    return { code: outcome(reply), ...explanation };
  };

  for (const [header, code] of [
    ['ActiveOrganisationHeader', '8234'],
    ['RequestUserMetadataHeader', '8235'],
  ] as const)
    it(`sent twice are ${code}, alike or not, and the access log takes neither at its word`, async () => {
      const changes = [(block: string) => block, (block: string) => block.replace(/90000016/g, '90000024')];
      for (const change of changes) {
        const told = await refusal(twice(header, change));
        assert.deepEqual([told.code, told.expected, told.found, told.basis], [code, 'one', '2', 'assumed']);
        const { json } = await control(emulator.url, 'GET', '/access-log?limit=1');
        const [row] = (json as { accesses: Record<string, unknown>[] }).accesses;
        const claim =
          code === '8234' ? [row?.organisationType, row?.organisationCode] : [row?.userType, row?.user];
        assert.deepEqual([row?.result, ...claim], [code, null, null]);
      }
    });

  it('may come a second time for another actor, which is no business of this service', async () => {
    const other = twice('ActiveOrganisationHeader', (block) =>
      block.replace('ActiveOrganisationHeader ', 'ActiveOrganisationHeader SOAP-ENV:actor="urn:other" '),
    );
    const reply = await call(emulator, 'reminder', 'GetPersonContactData', { edit: other });
    assert.equal(outcome(reply), 'OK', reply.body);
  });

  const item = (inside: string): RegExp =>
    new RegExp(
      `(<[\\w-]+:${inside}[ >][^<]*)<cl:CodeListItemIdentifier[^>]*>(\\d+)</cl:CodeListItemIdentifier>`,
    );
  const cases: readonly (readonly [string, string, (envelope: string) => string, string, string, string])[] =
    [
      [
        'a code list value of a header in the list’s own namespace',
        '8235',
        replacing(
          item('RequestUserTypeIdentifier'),
          `$1<x:CodeListItemIdentifier xmlns:x="${USER_TYPES}">$2</x:CodeListItemIdentifier>`,
        ),
        'CodeListItemIdentifier',
        USER_TYPES,
        CODE_LIST,
      ],
      [
        'a code list value of a header in no namespace',
        '8235',
        replacing(item('RequestUserTypeIdentifier'), '$1<CodeListItemIdentifier>$2</CodeListItemIdentifier>'),
        'CodeListItemIdentifier',
        'no namespace',
        CODE_LIST,
      ],
      [
        'a member of the other header in the message’s namespace',
        '8234',
        replacing(
          /<aoh:OrganisationCode>(\d+)<\/aoh:OrganisationCode>/,
          `<x:OrganisationCode xmlns:x="${MESSAGE}">$1</x:OrganisationCode>`,
        ),
        'OrganisationCode',
        MESSAGE,
        ACTIVE,
      ],
      [
        'a code list value of the body in the message’s namespace',
        '1014',
        replacing(
          item('PersonContactDataTypeIdentifier'),
          `$1<m:CodeListItemIdentifier>$2</m:CodeListItemIdentifier>`,
        ),
        'CodeListItemIdentifier',
        MESSAGE,
        CODE_LIST,
      ],
      [
        'a member of the body in no namespace',
        '1014',
        replacing(
          /<m:PersonCivilRegistrationIdentifier>(\d+)<\/m:PersonCivilRegistrationIdentifier>/,
          '<PersonCivilRegistrationIdentifier>$1</PersonCivilRegistrationIdentifier>',
        ),
        'PersonCivilRegistrationIdentifier',
        'no namespace',
        MESSAGE,
      ],
    ];
  for (const [what, code, edit, name, found, wanted] of cases)
    it(`name both namespaces: ${what}`, async () => {
      const told = await refusal(edit);
      assert.equal(told.code, code);
      assert.equal(told.expected, `${name} in the namespace ${wanted}`);
      assert.ok(
        told.found.startsWith(
          `${name} in ${found === 'no namespace' ? found : `the namespace ${found}`} (line `,
        ),
        told.found,
      );
      assert.match(told.remedy, /the name is right, its namespace is not/);
      assert.ok(told.remedy.includes(wanted), told.remedy);
    });
});
