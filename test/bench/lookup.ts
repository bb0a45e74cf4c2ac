// What look-ups cost, run by hand: node --import tsx test/bench/lookup.ts. Ratios within one run count, not absolutes.
//
// BENCH_PERSONS: the sizes of the register, with commas between them.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSignedRequest } from '../../src/client/request.ts';
import { usualSigning } from '../../src/client/security-header.ts';
import type { ClientIdentity } from '../../src/client/sign.ts';
import { oppslagstjeneste1602 } from '../../src/kontaktregister/oppslagstjeneste/service.ts';
import { synthetic } from '../seeds/synthetic.ts';
import { memory, processorTime, startEmulator, stop } from './processes.ts';

const SIZES = (process.env.BENCH_PERSONS ?? '1000,100000').split(',').map(Number);
const TIMES = 40;
const CHUNK = 50_000;
/** How many persons an answer of HentEndringer has at most. */
const PAGE = 1000;

const { description: service } = oppslagstjeneste1602;
const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
const say = (label: string, text: string): void => {
  process.stdout.write(`${label.padEnd(46)} ${text}\n`);
};
const ms = (value: number): string => `${value.toFixed(1)} ms`;

const personOf = (id: string, place: number): object => ({
  id,
  kontaktinformasjon: {
    mobiltelefonnummer: { verdi: '40000001', sistOppdatert: '-P2M' },
    epostadresse: { verdi: `person.${place}@example.no`, sistOppdatert: '-P2M' },
  },
  postkasser: [{ leverandoer: '984661185', adresse: `person.${place}#0001`, aktiv: true }],
});

/** Asks for the changes from 0, page after page, until there are none. */
const everyChange = async (url: string, pid: number, client: ClientIdentity, size: number): Promise<void> => {
  const operation = service.operations.find(({ name }) => name === 'HentEndringer');
  if (!operation) throw new Error('HentEndringer');
  // The answers are encrypted: how many persons stand in a page, and where the next begins, is known of this register.
  let pages = 0;
  const before = processorTime(pid);
  const begun = performance.now();
  for (let from = 0; from <= size; from += PAGE, pages += 1) {
    const values = { fraEndringsNummer: String(from === 0 ? 0 : from + 1), informasjonsbehov: 'Person' };
    const answer = await fetch(`${url}${service.paths[0]}`, {
      method: 'POST',
      headers: { 'content-type': service.version.mediaType, 'accept-encoding': 'identity' },
      body: writeSignedRequest(service, operation, values, client, usualSigning, Date.now()),
    });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`HentEndringer from ${from}: HTTP ${answer.status}`);
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const processor = (processorTime(pid) - before) / 1000;
  say(
    '  HentEndringer, everything from 0',
    `${pages} pages, ${seconds} s, ${processor.toFixed(1)} s of the processor`,
  );
};

const measure = async (size: number): Promise<void> => {
  const data = mkdtempSync(join(tmpdir(), 'kontakt-bench-'));
  const running = await startEmulator(data);
  const { child, httpPort = 0 } = running;
  const pid = child.pid ?? 0;
  const url = `http://127.0.0.1:${httpPort}`;
  try {
    const ids = synthetic(size);
    await fetch(`${url}/_emulator/reset`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"seed":"none"}',
    });
    for (let at = 0; at < size; at += CHUNK) {
      const persons = ids.slice(at, at + CHUNK).map(personOf);
      const answer = await fetch(`${url}/_emulator/seed`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ persons }),
      });
      if (!answer.ok) throw new Error(await answer.text());
    }
    const file = (end: string): string => readFileSync(join(data, `pki/clients/digipost.${end}`), 'utf8');
    const client = { certificatePem: file('pem'), keyPem: file('key') };
    const timed = async (
      label: string,
      name: string,
      values: (turn: number) => Record<string, string>,
    ): Promise<void> => {
      const operation = service.operations.find((one) => one.name === name);
      if (!operation) throw new Error(name);
      const walls: number[] = [];
      let octets = 0;
      let before = 0;
      for (let turn = -5; turn < TIMES; turn += 1) {
        const body = writeSignedRequest(
          service,
          operation,
          values(turn + 5),
          client,
          usualSigning,
          Date.now(),
        );
        if (turn === 0) before = processorTime(pid);
        const begun = performance.now();
        const answer = await fetch(`${url}${service.paths[0]}`, {
          method: 'POST',
          headers: { 'content-type': service.version.mediaType, 'accept-encoding': 'identity' },
          body,
        });
        octets = (await answer.arrayBuffer()).byteLength;
        if (answer.status !== 200) throw new Error(`${label}: HTTP ${answer.status}`);
        if (turn >= 0) walls.push(performance.now() - begun);
      }
      const processor = (processorTime(pid) - before) / TIMES;
      say(`  ${label}`, `${ms(median(walls))} median, ${ms(processor)} of the processor, ${octets} octets`);
    };
    say(`${size} persons in the register`, `${memory(pid, 'VmRSS').toFixed(0)} MB`);
    const needs =
      service.operations.find(({ name }) => name === 'HentPersoner')?.examples[0]?.informasjonsbehov ?? '';
    for (const count of [1, 100, 1000])
      await timed(`HentPersoner with ${count}`, 'HentPersoner', (turn) => ({
        informasjonsbehov: needs,
        personidentifikator: Array.from(
          { length: count },
          (_, place) => ids[(turn * 7919 + place * 104_729) % size] ?? '',
        ).join(' '),
      }));
    await timed('HentEndringer, the first page', 'HentEndringer', () => ({
      fraEndringsNummer: '0',
      informasjonsbehov: 'Person',
    }));
    await timed('HentEndringer, nothing new', 'HentEndringer', () => ({
      fraEndringsNummer: String(size + 1),
      informasjonsbehov: 'Person',
    }));
    await everyChange(url, pid, client, size);
    say('  memory', `${memory(pid, 'VmRSS').toFixed(0)} MB`);
  } finally {
    await stop(running);
    rmSync(data, { recursive: true });
  }
};

for (const size of SIZES) await measure(size);
