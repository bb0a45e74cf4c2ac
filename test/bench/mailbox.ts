// The benchmark of the mailbox providers' service, run by hand: npm run bench. Ratios within one run count, not absolutes.

import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createAnswerSigner } from '../../src/security/answers/sign.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { SOAP_1_1 } from '../../src/soap/version.ts';
import { element } from '../../src/xml/writer.ts';
import { type Load, type Running, runLoad, startEmulator, stop } from './processes.ts';
import { measureSecurity } from './security.ts';

const COUNT = Number(process.env.BENCH_REQUESTS ?? 6000);
const PATH = '/ws-postkasseleverandoer-v1';
const messages = { prefix: 'm', uri: 'http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1' };

/** Requests are written as answers are: signed in the same way, for half an hour. */
const REQUESTS = { ...profiles.observed.answer, lifetime: 1800 };
const UNANSWERED = { signatureValue: undefined, certificate: undefined };

const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
const say = (label: string, text: string): void => {
  process.stdout.write(`${label.padEnd(46)} ${text}\n`);
};

/** Asynchronous RSA-2048 signatures per second, sixteen under way: the ceiling of any signing server here. */
const rawSignatures = async (): Promise<number> => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signAsync = promisify(sign) as (
    digest: string,
    data: Buffer,
    key: typeof privateKey,
  ) => Promise<Buffer>;
  const data = Buffer.alloc(600, 'x');
  let done = 0;
  const end = performance.now() + 3000;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (performance.now() < end) {
        await signAsync('sha256', data, privateKey);
        done += 1;
      }
    }),
  );
  return (done / (performance.now() - start)) * 1000;
};

/** Peak resident memory of a process in MB. */
const peakMemory = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

interface Person {
  readonly id: string;
  readonly status: string;
  readonly reservert: boolean;
  readonly postkasser: readonly { readonly leverandoer: string }[];
}

/** Signed OppdaterPostkasse requests: each is accepted, and each changes the register. */
const prepare = async (data: string, port: number, count: number): Promise<string[]> => {
  const { persons } = (await (await fetch(`http://127.0.0.1:${port}/_emulator/persons`)).json()) as {
    persons: Person[];
  };
  const owners = persons.filter(
    ({ status, reservert, postkasser }) =>
      status === 'AKTIV' && !reservert && postkasser.some(({ leverandoer }) => leverandoer === '984661185'),
  );
  const client = join(data, 'pki/clients/digipost');
  const signer = createAnswerSigner(
    readFileSync(`${client}.pem`, 'utf8'),
    readFileSync(`${client}.key`, 'utf8'),
  );
  const now = Date.now();
  const one = async (index: number): Promise<string> => {
    const field = (name: string, value: string) => element(messages, name, [], value);
    const payload = element(
      messages,
      'OppdaterPostkasseForespoersel',
      [],
      field('personidentifikator', owners[index % owners.length]?.id ?? ''),
      field('postkasseleverandoerOrgNummer', '984661185'),
      field('postkasseadresse', `bench.${index}#${(now % 10_000_000) + index}`),
    );
    const body = await signer.sign(payload, SOAP_1_1, now, REQUESTS, UNANSWERED);
    return `POST ${PATH} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: text/xml; charset=utf-8\r\nsoapaction: ""\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  };
  const prepared: string[] = [];
  for (let index = 0; index < count; index += 64) {
    const batch = Array.from({ length: Math.min(64, count - index) }, (_, offset) => one(index + offset));
    prepared.push(...(await Promise.all(batch)));
  }
  return prepared;
};

const load = async (
  data: string,
  { httpPort = 0 }: Running,
  connections: number,
  count: number,
): Promise<Load> =>
  runLoad(await prepare(data, httpPort, count), {
    port: httpPort,
    connections,
    requests: join(data, 'requests.json'),
    expected: '>OK<',
  });

const stageMedians = async (port: number): Promise<Record<string, number>> => {
  const { entries } = (await (
    await fetch(`http://127.0.0.1:${port}/_emulator/journal?limit=1000`)
  ).json()) as {
    entries: { stages: Record<string, number>; duration: number }[];
  };
  const names = Object.keys(entries[0]?.stages ?? {});
  return Object.fromEntries([
    ...names.map((name) => [name, median(entries.map(({ stages }) => stages[name] ?? 0))]),
    [
      'verified',
      median(
        entries.map(({ stages }) => (stages.parse ?? 0) + (stages.envelope ?? 0) + (stages.security ?? 0)),
      ),
    ],
    ['whole', median(entries.map(({ duration }) => duration))],
  ]);
};

const print = ({ perSecond, p50, p99 }: Load, raw: number): string =>
  `${perSecond.toFixed(0)}/s  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms  (${(perSecond / raw).toFixed(2)} of the raw rate)`;

const data = mkdtempSync(join(tmpdir(), 'kontakt-bench-'));
try {
  const first = await startEmulator(data);
  await stop(first);
  const starts: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const again = await startEmulator(data);
    starts.push(again.startup);
    await stop(again);
  }
  const raw = await rawSignatures();
  say('raw asynchronous RSA-2048 signatures', `${raw.toFixed(0)}/s`);
  const running = await startEmulator(data);
  await load(data, running, 16, Math.ceil(COUNT / 4));
  const sixteen = await load(data, running, 16, COUNT);
  const rawAgain = await rawSignatures();
  say('raw signatures again, after the load', `${rawAgain.toFixed(0)}/s`);
  say('signed requests, 16 connections', print(sixteen, (raw + rawAgain) / 2));
  say(
    'signed requests, 1 connection',
    print(await load(data, running, 1, Math.ceil(COUNT / 3)), (raw + rawAgain) / 2),
  );
  const { verified = 0, whole = 0, ...stages } = await stageMedians(running.httpPort ?? 0);
  say('parse to verified, median, 1 connection', `${verified.toFixed(3)} ms`);
  for (const [name, time] of Object.entries(stages)) say(`  stage ${name}`, `${time.toFixed(3)} ms`);
  say('  whole way through the pipeline', `${whole.toFixed(3)} ms`);
  say('peak memory under load', `${peakMemory(running.child.pid ?? 0).toFixed(0)} MB`);
  await stop(running);
  await measureSecurity(say);
  say('first start (makes the test PKI)', `${first.startup.toFixed(0)} ms`);
  say('cold start, existing data directory, median', `${median(starts).toFixed(0)} ms`);
} finally {
  rmSync(data, { recursive: true, force: true });
}
