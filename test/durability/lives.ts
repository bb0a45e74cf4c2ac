// The lives of one emulator, each ended by kill −9: when it comes, what the register holds then, and that numbers only rise.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Dice } from '../dice.ts';
import { type Serving, serve } from '../program.ts';
import type { Answer } from './load.ts';

/** Chance begins here, so that a failing run can be had again: KILL_SEED. */
export const killSeed = Number(process.env.KILL_SEED ?? Math.floor(Math.random() * 2 ** 32));

export type Register = Database.Database;

/** A row of a log: its number, and the text of its body read. */
export const rowsOf = <Body>(register: Register, log: string): Body[] => {
  const rows = register.prepare<[], { number: number; body: string }>(
    `SELECT number, body FROM ${log} ORDER BY number`,
  );
  const all = rows.all();
  assert.deepEqual(
    all.map(({ number }) => number),
    all.map((_, index) => index + 1),
    `${log} is numbered without gaps`,
  );
  return all.map(({ body }): Body => JSON.parse(body));
};

/** The number of an exchange, from its id in the journal. */
export const exchangeOf = ({ journal }: Answer): number => Number(/-(\d+)$/.exec(journal)?.[1]);

/** The highest number of an exchange that the register tells of. */
const lastExchange = (register: Register): number =>
  register
    .prepare<[], number>(
      `SELECT coalesce(max(body ->> 'exchange'), 0)
       FROM (SELECT body FROM no_change UNION ALL SELECT body FROM dk_access)`,
    )
    .pluck()
    .get() ?? 0;

/** How long after an answer the kill comes at most, in milliseconds. */
const LATEST = 4;

export interface Lives {
  begin(): Promise<Pick<Serving, 'url' | 'tlsUrl'>>;
  /** Notes an answer: the number of its exchange is higher than all of the lives before. */
  heard(answer: Answer): void;
  /** Has the life ended after one of the next `most` answers. */
  killWithin(most: number): void;
  kill(): void;
  /** Waits for the end that was arranged for, and looks at the register as it lies there, log and all, while nobody has it. */
  end<Found>(look: (register: Register) => Found): Promise<Found>;
}

/** @param args of `kontakt serve` */
export const createLives = (data: string, args: readonly string[], dice: Dice): Lives => {
  let serving: Serving | undefined;
  let before = 0;
  let highest = 0;
  let left = Number.POSITIVE_INFINITY;
  let delay = 0;
  const kill = (): void => {
    serving?.child.kill('SIGKILL');
  };
  return {
    begin: async () => {
      before = highest;
      left = Number.POSITIVE_INFINITY;
      serving = await serve(['--data', data, ...args]);
      return serving;
    },
    heard: (answer) => {
      const exchange = exchangeOf(answer);
      assert.ok(exchange > before, `${answer.journal} comes after ${before}`);
      highest = Math.max(highest, exchange);
      left -= 1;
      if (left > 0) return;
      left = Number.POSITIVE_INFINITY;
      if (delay === 0) kill();
      else void setTimeout(delay).then(kill);
    },
    killWithin: (most) => {
      left = 1 + dice.below(most);
      // Right after an answer is when what was promised too early is not there.
      delay = dice.once(2) ? 0 : dice.below(LATEST * 1000) / 1000;
    },
    kill,
    end: async (look) => {
      assert.equal((await serving?.ended)?.signal, 'SIGKILL');
      const register = new Database(join(data, 'register.db'));
      try {
        assert.equal(register.pragma('integrity_check', { simple: true }), 'ok');
        highest = Math.max(highest, lastExchange(register));
        return look(register);
      } finally {
        register.close();
      }
    },
  };
};
