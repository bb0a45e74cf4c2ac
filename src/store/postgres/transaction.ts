// One transaction for changes that came together: two ways to the server and back, and one commit for all of them.

import type { Loss, Once } from '../engine.ts';
import { type Batch, createBatch } from './batch.ts';
import type { Session } from './connection.ts';
import type { Fates, Mark } from './fate.ts';
import { BEGIN_CHANGE } from './locks.ts';
import { ELSEWHERE, OUTGROWN } from './losses.ts';
import { type Found, load } from './reader.ts';
import { decideRound, type Member } from './round.ts';
import { LAYOUT, REVISION } from './statements.ts';
import type { Tables } from './tables.ts';
import type { Values } from './values.ts';

export interface Ground {
  readonly tables: Tables;
  readonly values: Values;
  /** Which form of the tables this program knows. */
  readonly layout: number;
  readonly fates: Fates;
  /** The real time, in milliseconds since 1970. */
  readonly real: () => number;
}

/** How far a transaction has come, for whoever has to find out what became of it. */
export interface Progress {
  /** Its mark in the register; undefined: it wrote nothing. */
  mark?: Mark;
  /** Set when the commit is sent: who was decided by then. */
  decided?: readonly Changing[];
  /** Who was told that it is made waits for this. */
  stored?: (loss: Loss | undefined) => void;
}

/** A change on its way. */
export interface Changing extends Member {
  /** It is made; `durable` says when it is stored. */
  made(durable: Promise<Loss | undefined>): void;
}

/** How many keys are taken before old ones are forgotten. */
const BETWEEN_SWEEPS = 100;

const createSweeping = (real: () => number) => {
  const taken = new Map<string, number>();
  return (batch: Batch, { table, now }: Once): void => {
    const before = taken.get(table) ?? 0;
    taken.set(table, before + 1);
    // The first time too, so that many programs that live shortly keep the bound.
    if (before % BETWEEN_SWEEPS === 0) batch.sweep(table, Math.min(now, real()));
  };
};

const openStored = (): { promise: Promise<Loss | undefined>; resolve: NonNullable<Progress['stored']> } => {
  let resolve: NonNullable<Progress['stored']> = () => undefined;
  const promise = new Promise<Loss | undefined>((onEnd) => {
    resolve = onEnd;
  });
  return { promise, resolve };
};

/** @returns what runs changes in one transaction; why it did not, where the register is not to be had now */
export const createTransaction = ({ tables, values, layout, fates, real }: Ground) => {
  const sweep = createSweeping(real);

  const look = (session: Session, members: readonly Member[]): Promise<Found> =>
    load(
      session,
      tables,
      members.flatMap(({ selections }) => selections),
      members.flatMap(({ once }) => once ?? []),
    );

  /** Begins, and looks at what the members ask for: both at once. */
  const begin = async (session: Session, members: readonly Member[]) => {
    const begun = session.run(BEGIN_CHANGE);
    const found = look(session, members);
    found.catch(() => undefined);
    const [[may] = []] = await begun;
    return { may: may !== null, found: await found };
  };

  return async (
    session: Session,
    members: readonly Changing[],
    progress: Progress,
  ): Promise<{ readonly puts: boolean } | Loss> => {
    const begun = await begin(session, members);
    let { found } = begun;
    const outgrown = (found.counters.get(LAYOUT) ?? 0) > layout;
    if (!begun.may || outgrown) {
      await session.run('ROLLBACK');
      return outgrown ? OUTGROWN : ELSEWHERE;
    }
    await values.reach(session, found.counters.get(REVISION) ?? 0);
    const batch = createBatch(tables, new Map(found.counters));
    const take = (once: Once): void => {
      sweep(batch, once);
      batch.take(once);
    };
    const made = new Set<Member>();
    let waiting: readonly Member[] = members;
    for (;;) {
      const { decided, later } = decideRound(waiting, found, tables, batch, take);
      for (const member of decided) made.add(member);
      if (later.length === 0) {
        const sent = batch.send(session, () => {
          progress.mark = fates.next();
          return progress.mark;
        });
        // Where something of it was refused, this undoes the rest.
        progress.decided = members.filter((member) => made.has(member));
        const committed = session.run('COMMIT');
        committed.catch(() => undefined);
        await sent;
        const { promise, resolve } = openStored();
        progress.stored = resolve;
        for (const member of progress.decided) member.made(promise);
        await committed;
        return batch;
      }
      await batch.send(session);
      found = await look(session, later);
      waiting = later;
    }
  };
};
