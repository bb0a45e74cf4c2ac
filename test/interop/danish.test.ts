// The Danish services as zeep and suds (Python), SoapClient (PHP) and node-soap see them: all from the served WSDL, over mutual TLS.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describeWith, PYTHON, type Stack, stacks } from './stacks.ts';
import { type Stage, staged } from './stage.ts';
import { run } from './tool.ts';

interface Call {
  readonly operation: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Of some stacks text: they do not type what restricts xs:int, or type nothing. */
type Item = { readonly CodeListItemIdentifier: number | string };

interface Row {
  readonly PersonContactData: string;
  readonly PersonContactDataTypeIdentifier: Item;
  readonly PersonContactDataStatusTypeIdentifier: Item;
}

interface Answer {
  readonly status?: string;
  readonly beskrivelse?: string | null;
  readonly fejltekst?: string | null;
  readonly ServiceRequestLogReferenceIdentifier?: string;
  readonly PersonContactDataCollection?: { readonly PersonContactData: readonly Row[] };
  readonly PersonContactDataStatusTypeIdentifier?: Item;
  readonly CprCollection?: { readonly PersonCivilRegistrationIdentifier: readonly string[] };
  readonly fault?: {
    readonly code: string;
    readonly text: string;
    readonly detail: readonly { readonly ErrorCode: number | string; readonly Message: string }[];
  };
}

const callers = {
  jobnet: {
    service: 'JobnetPersonNotificationReminderService',
    organisationType: 30,
    organisationCode: '90000105',
    userIdentifier: 'CVR:90000105-UUID:7e570000-0000-4000-8000-000000000105',
  },
  kommune: {
    service: 'PersonNotificationReminderService',
    organisationType: 7,
    organisationCode: '101',
    userIdentifier: 'CVR:90000040-FID:40404040',
  },
} as const;

const [MOBILE, EMAIL] = [1, 3];
const item = (value: number): Item => ({ CodeListItemIdentifier: value });
const kind = (type: number) => ({ PersonContactDataTypeIdentifier: item(type) });
/** The field of a save: rows of a type and a value, null to remove. */
const collection = (...rows: readonly (readonly [type: number, value: string | null])[]) => ({
  PersonContactDataCollection: {
    PersonContactData: rows.map(([type, value]) => ({ PersonContactData: value, ...kind(type) })),
  },
});

/** What an answer says, in short: status, refusal, rows as type, value and status. */
const digest = (answer: Answer): unknown => {
  const {
    status,
    beskrivelse,
    fejltekst,
    fault,
    PersonContactDataCollection: data,
    CprCollection: found,
  } = answer;
  if (fault) {
    return [fault.code, fault.text, ...fault.detail.map((one) => [Number(one.ErrorCode), one.Message])];
  }
  assert.match(
    answer.ServiceRequestLogReferenceIdentifier ?? '',
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  );
  const verified = answer.PersonContactDataStatusTypeIdentifier;
  return [
    [status, beskrivelse, fejltekst].filter(Boolean).join(' '),
    ...(data?.PersonContactData ?? []).map((row) => [
      Number(row.PersonContactDataTypeIdentifier.CodeListItemIdentifier),
      row.PersonContactData,
      Number(row.PersonContactDataStatusTypeIdentifier.CodeListItemIdentifier),
    ]),
    ...(found?.PersonCivilRegistrationIdentifier ?? []),
    ...(verified ? [Number(verified.CodeListItemIdentifier)] : []),
  ];
};

const unknown: Call = { operation: 'GetPersonContactData', fields: { CvCustomerIdentifier: 999 } };
const text = 'CV Customer Number is unknown';

const programs: readonly (readonly [stack: Stack, command: string, script: string])[] = [
  [stacks.zeep, PYTHON, 'python/danish_client.py'],
  [stacks.suds, PYTHON, 'python/suds_danish_client.py'],
  [stacks.php, 'php', 'php/danish_client.php'],
  [stacks.nodeSoap, process.execPath, 'node/danish_client.mjs'],
];

for (const [stack, command, script] of programs) {
  /** Lets the program make calls as one of the callers, and takes the answers in short. */
  const call = async (
    { emulator, files, write }: Stage,
    name: keyof typeof callers,
    ...calls: readonly Call[]
  ): Promise<unknown[]> => {
    const client = emulator.pki.clients.get(name);
    const { service, ...actor } = callers[name];
    assert.ok(client, name);
    const input = JSON.stringify({
      ...actor,
      wsdl: `${emulator.tlsUrl}/PjakTassWCFtService/1/${service}.svc?wsdl`,
      certificate: write(`${name}.pem`, client.certificatePem),
      key: write(`${name}.key`, client.keyPem),
      trust: files.trust,
      calls,
    });
    const { ok, output, said } = await run(command, [join(import.meta.dirname, script)], { input });
    assert.ok(ok, said);
    return (JSON.parse(output.toString('utf8')) as Answer[]).map(digest);
  };

  describeWith([stack], `${stack.name} at the Danish services`, () => {
    const open = staged();

    it('saves, verifies by the code in the outbox, and reads: all operations for Jobnet', async () => {
      const citizen = { CvCustomerIdentifier: 10000007 };
      const address = 'ærlig+a&b@example.dk';
      const get = { operation: 'GetPersonContactData', fields: citizen };
      const saved = await call(
        open(),
        'jobnet',
        {
          operation: 'SavePersonContactData',
          fields: { ...citizen, ...collection([EMAIL, address], [MOBILE, '34412399']) },
        },
        get,
        { operation: 'GetVerificationCode', fields: { ...citizen, ...kind(EMAIL) } },
      );
      const mobile = [MOBILE, '34412399', 1];
      assert.deepEqual(saved, [['OK'], ['OK', mobile, [EMAIL, address, 1]], ['OK']]);

      const response = await fetch(`${open().emulator.url}/_emulator/outbox`);
      const { messages } = (await response.json()) as { messages: { address: string; code: string }[] };
      assert.deepEqual([messages.length, messages[0]?.address], [1, address]);
      const verified = await call(
        open(),
        'jobnet',
        {
          operation: 'VerifyPersonContactData',
          fields: { ...citizen, VerificationCode: messages[0]?.code, ...kind(EMAIL) },
        },
        get,
        { operation: 'SavePersonContactData', fields: { ...citizen, ...collection([MOBILE, null]) } },
        get,
      );
      const email = [EMAIL, address, 2];
      assert.deepEqual(verified, [['OK', 2], ['OK', mobile, email], ['OK'], ['OK', email]]);
    });

    it('saves, reads, sets a status and finds: all operations for a municipality', async () => {
      const citizen = { PersonCivilRegistrationIdentifier: '2312558834' };
      const status = { PersonContactDataStatusTypeIdentifier: item(3) };
      const rows = collection([EMAIL, 'spare@example.dk'], [MOBILE, '+4534412398']);
      const answers = await call(
        open(),
        'kommune',
        { operation: 'SavePersonContactData', fields: { ...citizen, ...rows } },
        { operation: 'UpdatePersonContactDataStatus', fields: { ...citizen, ...kind(EMAIL), ...status } },
        { operation: 'GetPersonContactData', fields: citizen },
        { operation: 'GetPersonByMobilePhoneNumber', fields: { MobileNumberIdentifier: '34412398' } },
        { operation: 'GetPersonByEmailAddress', fields: { EmailAddressIdentifier: 'spare@example.dk' } },
        { operation: 'GetPersonByEmailAddress', fields: { EmailAddressIdentifier: 'nobody@example.dk' } },
      );
      assert.deepEqual(answers, [
        ['OK'],
        ['OK'],
        ['OK', [MOBILE, '+4534412398', 1], [EMAIL, 'spare@example.dk', 3]],
        ['OK', '2312558834'],
        ['OK', '2312558834'],
        ['OK'],
      ]);
    });

    it('raises a fault with the bare number as its code, and the detail', async () => {
      assert.deepEqual(await call(open(), 'jobnet', unknown), [['4400', text, [4400, text]]]);
    });

    describe('where a standard faultcode is configured', () => {
      const configured = staged({ dfdg: { faultcode: 'client' } });

      it('raises a fault with Client as its code, and the same detail', async () => {
        const [[code, ...rest] = []] = (await call(configured(), 'jobnet', unknown)) as string[][];
        assert.match(code ?? '', /:Client$/);
        assert.deepEqual(rest, [text, [4400, text]]);
      });
    });

    describe('where refusals are configured to be answers', () => {
      const configured = staged({ refusals: 'envelope' });

      it('reads FEILET and why', async () => {
        assert.deepEqual(await call(configured(), 'jobnet', unknown), [[`FEILET FEJL_4400 ${text}`]]);
      });
    });
  });
}
