// The benchmark of the Danish services over mutual TLS, run by hand: node --import tsx test/bench/danish.ts. Ratios count.
// Sixteen connections; each Save changes the register. The load and the bare route run in processes of their own.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDanishRequest } from '../../src/client/danish.ts';
import { jobnet, reminder } from '../../src/dfdg/soap/services.ts';
import { type Load, type Running, runLoad, startBare, startEmulator, stop } from './processes.ts';

const COUNT = Number(process.env.BENCH_REQUESTS ?? 12_000);
const CONNECTIONS = 16;

const http = (path: string, type: string, headers: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: ${type}\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

const soap = (service: typeof reminder, type: string, cvr: string, name: string, values: object): string => {
  const operation = service.operations.find((one) => one.name === name);
  if (!operation) throw new Error(name);
  const userIdentifier = `CVR:${cvr}-UUID:7e570000-0000-4000-8000-${cvr.slice(-3).padStart(12, '0')}`;
  const actor = { organisationType: type, organisationCode: cvr, userType: '3', userIdentifier };
  const body = writeDanishRequest(service, operation, values as Record<string, string>, actor, Date.now());
  return http(
    service.paths[0] ?? '',
    'text/xml; charset=utf-8',
    `soapaction: "${operation.action}"\r\n`,
    body,
  );
};
const rest = (path: string, cpr: string, body: object): string =>
  http(path, 'application/json', `x-civilregistrationIdentifier: ${cpr}\r\n`, JSON.stringify(body));

const PLAIN = [
  '1403455896',
  '0211416726',
  '2707527954',
  '0901408645',
  '3006575268',
  '1809486091',
  '0505437934',
];
const citizen = (index: number): string => PLAIN[index % PLAIN.length] ?? '';
// Each saves another number, so that each changes the register.
let numbers = 0;
const telephone = (): string => {
  numbers += 1;
  return String(20_100_000 + (numbers % 200_000));
};
const restRow = () => [{ kontaktdata: telephone(), kontaktdataType: 1 }];
const TYPE = { PersonContactDataTypeIdentifier: '1' };

/** Of each kind: who sends, what a right answer holds, the request. Verify is refused: a code that was never sent. */
const kinds: Readonly<Record<string, readonly [string, string, (index: number) => string]>> = {
  'bare fastify route, JSON': ['jobcenter', 'serviceRequest', (at) => rest('/bare', citizen(at), restRow())],
  'SOAP SavePersonContactData': [
    'jobcenter',
    '>OK<',
    (at) =>
      soap(reminder, '8', '90000075', 'SavePersonContactData', {
        PersonCivilRegistrationIdentifier: citizen(at),
        PersonContactData: telephone(),
        ...TYPE,
      }),
  ],
  'REST CreateKontaktinformation': [
    'jobcenter',
    'serviceRequest',
    (at) => rest('/v1/kontaktinformation', citizen(at), restRow()),
  ],
  // After five wrong codes.
  'SOAP VerifyPersonContactData (9244)': [
    'jobnet',
    '924',
    () =>
      soap(jobnet, '30', '90000105', 'VerifyPersonContactData', {
        CvCustomerIdentifier: '10000014',
        VerificationCode: '000000',
        ...TYPE,
      }),
  ],
  'REST UpdateVerificer… (9244)': [
    'jobcenter',
    '924',
    () =>
      rest('/v1/kontaktinformation/verificering', '2510516152', {
        verifikationskode: '000000',
        kontaktdataType: 1,
      }),
  ],
};

const directory = mkdtempSync(join(tmpdir(), 'kontakt-bench-'));
const running: Running[] = [];
try {
  const pki = join(directory, 'pki');
  const emulator = await startEmulator(directory);
  running.push(emulator);
  const bare = await startBare(pki);
  running.push(bare);
  const load = (name: string, count: number): Load => {
    const [client, expected, request] = kinds[name] ?? ['', '', () => ''];
    const { httpsPort = 0 } = name.startsWith('bare') ? bare : emulator;
    return runLoad(
      Array.from({ length: count }, (_, at) => request(at)),
      {
        port: httpsPort,
        connections: CONNECTIONS,
        requests: join(directory, 'requests.json'),
        expected,
        identity: { pki, client },
      },
    );
  };
  for (const name of Object.keys(kinds)) load(name, COUNT / 4);
  const BARE = 'bare fastify route, JSON';
  const print = (name: string, { perSecond, p50, p99, handshakes }: Load, ratio: string): void => {
    const [first, others] = handshakes.map((time) => time.toFixed(1));
    process.stdout.write(
      `${name.padEnd(38)} ${perSecond.toFixed(0).padStart(6)}/s  ${ratio}  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms  handshake ${first} ms, then ${others} ms\n`,
    );
  };
  // The bare route right before and right after: a machine is not the same from one minute to the next.
  for (const name of Object.keys(kinds).filter((one) => one !== BARE)) {
    const before = load(BARE, COUNT / 2);
    const measured = load(name, COUNT);
    const after = load(BARE, COUNT / 2);
    const ratio = (2 * measured.perSecond) / (before.perSecond + after.perSecond);
    print(BARE, before, '             ');
    print(name, measured, `${ratio.toFixed(2)} of bare`);
    print(BARE, after, '             ');
  }
} finally {
  for (const one of running) await stop(one);
  rmSync(directory, { recursive: true, force: true });
}
