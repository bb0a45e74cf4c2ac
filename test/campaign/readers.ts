// Who follows the changes during a campaign: over HentEndringer at one emulator after the other, and in the database itself.

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { writeRequest } from '../../src/client/request.ts';
import { oppslagstjeneste1602 } from '../../src/kontaktregister/oppslagstjeneste/service.ts';
import type { Engine, Row } from '../../src/store/engine.ts';
import { type Surroundings, whereOf } from './offers.ts';

const { description: service } = oppslagstjeneste1602;
const hentEndringer =
  service.operations.find(({ name }) => name === 'HentEndringer') ?? assert.fail('HentEndringer');

/** Looks again and again until it is told to stop, and once more then. */
const untilStopped = (look: () => Promise<boolean>, pause: number) => {
  let over = false;
  const following = (async () => {
    while (!over) {
      await look();
      await setTimeout(pause);
    }
  })();
  // Whoever stops it is told.
  following.catch(() => undefined);
  return async (): Promise<void> => {
    over = true;
    await following;
    while (!(await look())) await setTimeout(pause);
  };
};

/** An answer of HentEndringer as it is read here; undefined: there was none. */
const readAnswer = (text: string) => {
  const number = (name: string): number =>
    Number(new RegExp(`${name}="(\\d+)"`).exec(text)?.[1] ?? Number.NaN);
  const persons = text
    .split(/<(?:\w+:)?Person[ >]/)
    .slice(1)
    .map((person) => ({
      id: /personidentifikator>(\d{11})</.exec(person)?.[1] ?? assert.fail(person),
      address: /postkasseadresse>([^<]+)</.exec(person)?.[1],
    }));
  return { persons, to: number('tilEndringsNummer'), last: number('senesteEndringsNummer') };
};

export interface Copy {
  /** The address of each person’s mailbox, as the changes told it last. */
  readonly addresses: ReadonlyMap<string, string | undefined>;
  /** Reads to the end of the changes. */
  stop(): Promise<void>;
}

/** Copies the register by its changes, each answer from some emulator. */
export const copyByChanges = (surroundings: Surroundings): Copy => {
  const addresses = new Map<string, string | undefined>();
  let [next, seen] = [0, 0];
  /** @returns whether there was nothing more */
  const look = async (): Promise<boolean> => {
    const { url } = await whereOf(surroundings);
    const values = { fraEndringsNummer: String(next), informasjonsbehov: 'SikkerDigitalPost' };
    const answer = await fetch(`${url}${service.paths[0]}`, {
      method: 'POST',
      headers: { 'content-type': service.version.mediaType },
      body: writeRequest(service, hentEndringer, values),
    }).catch(() => undefined);
    const text = await answer?.text().catch(() => undefined);
    if (!answer || text === undefined) return false;
    if (answer.status !== 200) {
      assert.match(text, /The register is not available/);
      return false;
    }
    const { persons, to, last } = readAnswer(text);
    // What one emulator told of, all others know.
    assert.ok(last >= seen && to <= last && to >= next - 1, `from ${next}: ${to} of ${last}, after ${seen}`);
    for (const { id, address } of persons) addresses.set(id, address);
    [next, seen] = [to + 1, last];
    return to === last;
  };
  return { addresses, stop: untilStopped(look, 20) };
};

/** Reads the log of changes as it grows: whoever sees a number has seen all before it. */
export const followLog = (engine: Engine): { readonly numbers: readonly number[]; stop(): Promise<void> } => {
  const numbers: number[] = [];
  const look = async (): Promise<boolean> => {
    const after = numbers.at(-1) ?? 0;
    const found = await engine.read({
      selections: [{ select: 'rows', log: 'no_change', after, before: 2 ** 53 - 1, limit: 10_000 }],
      read: ([rows = []]: readonly (readonly Row[])[]) => rows.map(({ place }) => place).reverse(),
    });
    if (!('result' in found)) return false;
    numbers.push(...found.result);
    return found.result.length === 0;
  };
  return { numbers, stop: untilStopped(look, 5) };
};
