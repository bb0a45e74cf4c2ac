// The journal of a campaign in the end: every emulator tells the same of it, and the database has no other.

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { control } from '../running.ts';
import type { Instance } from './instances.ts';
import type { Sql } from './verdict.ts';

/** As many as a list may have. */
const MOST = 1000;

/** How often is looked whether what could not be kept while the database was away is kept by now. */
const LOOKS = 200;
const BETWEEN_LOOKS = 100;

/** @returns how many exchanges are kept; the last moment of an emulator that was killed is lost */
export const assertJournals = async (instances: readonly Instance[], sql: Sql): Promise<number> => {
  const kept = (): string[] =>
    sql(`SELECT id FROM kontakt.journal_exchange ORDER BY place DESC LIMIT ${MOST}`);
  const listed = async ({ at }: Instance): Promise<string[]> => {
    const { json } = await control(at()?.url ?? '', 'GET', `/journal?limit=${MOST}`);
    return (json as { entries: { id: string }[] }).entries.map(({ id }) => id);
  };
  const differ = async (): Promise<boolean> => {
    const all = await Promise.all(instances.map(listed));
    const one = kept().join();
    return all.some((other) => other.join() !== one);
  };
  for (let left = LOOKS; left > 0 && (await differ()); left -= 1) await setTimeout(BETWEEN_LOOKS);
  for (const instance of instances)
    assert.deepEqual(await listed(instance), kept(), 'an emulator tells of other exchanges');
  const [row = ''] = sql('SELECT count(*), count(DISTINCT id) FROM kontakt.journal_exchange');
  const [counted = 0, distinct] = row.split('|').map(Number);
  assert.equal(counted, distinct);
  assert.deepEqual(sql("SELECT entries FROM kontakt.journal_total WHERE name = 'all'"), [String(counted)]);
  return counted;
};
