// What the database of a campaign holds in the end: all that was acknowledged, once, and in order.

import assert from 'node:assert/strict';
import type { Citizen } from '../../src/dfdg/register/citizen.ts';
import type { Access, Sent } from '../../src/dfdg/register/logs.ts';
import { assertWhole, type Held, isLogged } from '../durability/danish-register.ts';
import type { Story } from '../durability/stories.ts';
import type { Told } from './citizens.ts';
import { addressOf, MESSAGES } from './mailboxes.ts';

/** Runs SQL in the database of the campaign; one line for each row. */
export type Sql = (text: string) => string[];

interface PersonText {
  readonly id: string;
  readonly mailboxes: readonly { readonly address: string; readonly active: boolean }[];
}

const bodies = <Body>(sql: Sql, table: string, order: string): Body[] =>
  sql(`SELECT body FROM kontakt.${table} ORDER BY ${order}`).map((body): Body => JSON.parse(body));

/** The rows of a log, whose numbers have no gap. */
const rowsOf = <Body>(sql: Sql, log: string): Body[] => {
  const numbers = sql(`SELECT number FROM kontakt.${log} ORDER BY number`).map(Number);
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => index + 1),
    `${log} is numbered without gaps`,
  );
  return bodies(sql, log, 'number');
};

/** Each person has one mailbox, with what the last message said, by as many changes as there were messages. */
export const assertMailboxes = (
  sql: Sql,
  done: readonly string[],
  copied: ReadonlyMap<string, string | undefined>,
): number => {
  const changes = rowsOf<{ person: string; cause: string }>(sql, 'no_change');
  const times = new Map<string, number>();
  for (const { person, cause } of changes)
    if (cause !== 'emulator') times.set(person, (times.get(person) ?? 0) + 1);
  assert.deepEqual(
    [...times].sort(),
    [...done].sort().map((person) => [person, MESSAGES]),
    'each message is one change',
  );
  const persons = bodies<PersonText>(sql, 'no_person', 'place');
  const held = persons.filter(({ mailboxes }) => mailboxes.length > 0);
  assert.deepEqual(
    new Map(held.map(({ id, mailboxes }) => [id, mailboxes.map(({ address, active }) => [address, active])])),
    new Map(held.map(({ id }) => [id, [[addressOf(id, MESSAGES - 1), true]]])),
  );
  assert.deepEqual(held.map(({ id }) => id).sort(), [...done].sort());
  assert.deepEqual(
    copied,
    new Map(persons.map(({ id, mailboxes }) => [id, mailboxes[0]?.address])),
    'who follows the changes has missed some',
  );
  assert.deepEqual(sql('SELECT count(*) FROM kontakt.signature'), [String(MESSAGES * done.length)]);
  return changes.length;
};

/** Each story is told, each call that was answered is logged as it was answered, and nothing is there by halves. */
export const assertStories = (sql: Sql, done: readonly Story[], told: readonly Told[]): number => {
  const citizens = bodies<Citizen>(sql, 'dk_citizen', 'place');
  const accesses = rowsOf<Access>(sql, 'dk_access');
  const codes = new Map<string, string[]>();
  for (const { citizen, code } of rowsOf<Sent>(sql, 'dk_outbox'))
    codes.set(citizen, [...(codes.get(citizen) ?? []), code ?? '']);
  const byExchange = new Map(accesses.map((row) => [row.exchange, row]));
  assert.deepEqual(
    told.map(({ exchange }) => {
      const row = byExchange.get(exchange);
      if (!row) return { exchange };
      const { service, operation, citizen, result } = row;
      return { exchange, logged: { service, operation: operation ?? '', citizen, result } };
    }),
    told,
    'each call that was answered is in the access log',
  );
  const byCitizen = new Map<string, Access[]>();
  for (const row of accesses) {
    const of = row.citizen ?? '';
    byCitizen.set(of, [...(byCitizen.get(of) ?? []), row]);
  }
  const known = new Map(citizens.map((citizen) => [citizen.id, citizen]));
  for (const story of done) {
    const own = [...(byCitizen.get(story.citizen) ?? []), ...(byCitizen.get('') ?? []).slice(0, 1)];
    const held: Held = { citizens: known, accesses: own, codes };
    assertWhole(held, story);
    for (const step of story.steps)
      if (step !== 'stranger') assert.ok(isLogged(held, story, step), `${story.citizen} ${step}`);
  }
  return accesses.length;
};
