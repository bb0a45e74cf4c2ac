// The connection that hears what others put, and by which it is known whether the server is there: while it is lost nothing is
// changed or read here, and it is made anew again and again.

import { setTimeout as startTimer } from 'node:timers';
import { setTimeout } from 'node:timers/promises';
import type { Loss } from '../engine.ts';
import { CHANNEL } from './batch.ts';
import { connect, type Own, type ServerSettings } from './connection.ts';
import { behind, knewOnly, knows } from './locks.ts';
import { OUTGROWN, refusedBy } from './losses.ts';
import { refusalOf } from './refusals.ts';
import { LAYOUT } from './statements.ts';
import type { Values } from './values.ts';

/** How often is looked whether the server is there, and how soon it is tried again where it is not; in milliseconds. */
const BETWEEN_LOOKS = 1000;
const BETWEEN_TRIES = 250;
/** How often a put looks whether instances that are behind still are, and how long it waits between; two seconds in all. */
const SPREADS = 400;
const BETWEEN_SPREADS = 5;

export interface Listener {
  /** Why the register is not to be had; undefined: it is. */
  lost(): Loss | undefined;
  /** Looks now whether the server is there. With a cause it is taken for lost until that is known. */
  suspect(cause?: string): void;
  /** Reads the values that were put, and waits until every connected instance knows them. It never fails. */
  spread(): Promise<void>;
  close(): Promise<void>;
}

const causeOf = (error: unknown): Loss => refusedBy(refusalOf(error)?.cause ?? String(error));

/**
 * Reads the values, and says on the server up to where they are known here. Where that fails it is not known what the server
 * heard of it: then the connection has to end, and what it said with it.
 */
const createFollowing = (values: Values) => {
  let known: { readonly by: Own; readonly revision: number } | undefined;
  return async (own: Own): Promise<void> => {
    await values.refresh(own);
    const { revision } = values;
    const before = known?.by === own ? known.revision : undefined;
    if (revision === before) return;
    await own.run(knows(revision));
    if (before !== undefined) await own.run(knewOnly(before));
    known = { by: own, revision };
  };
};

type Following = ReturnType<typeof createFollowing>;

const listen = async (settings: ServerSettings, follow: Following, onNews: () => void): Promise<Own> => {
  const own = await connect(settings, { onEnd: onNews });
  own.client.on('notification', onNews);
  try {
    await own.run(`LISTEN ${CHANNEL}`);
    await follow(own);
    // What was put between the look and the word that it is known.
    await follow(own);
    return own;
  } catch (error) {
    await own.end();
    throw error;
  }
};

/** Waits until no connected instance is behind. Looks are counted, not time: a machine that stalls is no instance that does. */
const waitForOthers = async (own: Own, revision: number): Promise<void> => {
  for (let left = SPREADS; left > 0; left -= 1) {
    const [[count] = []] = await own.run(behind(revision));
    if (Number(count) === 0) return;
    await setTimeout(BETWEEN_SPREADS);
  }
};

/** Which form the tables have now: whoever asks whether this program is ready has to hear of it without changing anything. */
const layoutOf = async (own: Own): Promise<number> => {
  const [[layout] = []] = await own.run(`SELECT value FROM counter WHERE name = '${LAYOUT}'`);
  return Number(layout ?? 0);
};

/**
 * @param layout which form of the tables this program knows
 * @throws (rejects) what the driver says where the first connection cannot be made
 */
export const createListener = async (
  settings: ServerSettings,
  values: Values,
  layout: number,
): Promise<Listener> => {
  const follow = createFollowing(values);
  let own: Own | undefined;
  let lost: Loss | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  /** One thing after the other over the connection. */
  let last: Promise<void> = Promise.resolve();

  const next = (run: () => Promise<void>): Promise<void> => {
    last = last.then(run);
    return last;
  };
  const again = (delay: number): void => {
    clearTimeout(timer);
    if (!closed) timer = startTimer(() => void next(look), delay).unref();
  };
  const open = (): Promise<Own> => listen(settings, follow, () => again(0));
  const giveUp = (): void => {
    own?.cut();
    own = undefined;
  };
  const look = async (): Promise<void> => {
    if (closed) return;
    try {
      if (own) await follow(own);
    } catch (error) {
      // Who was silent for so long is taken for lost before he is waited for once more.
      if (refusalOf(error)?.silent) lost = causeOf(error);
      giveUp();
    }
    try {
      own ??= await open();
      lost = (await layoutOf(own)) > layout ? OUTGROWN : undefined;
    } catch (error) {
      lost = causeOf(error);
    }
    again(lost ? BETWEEN_TRIES : BETWEEN_LOOKS);
  };
  const spread = async (): Promise<void> => {
    try {
      if (!own) return;
      await follow(own);
      await waitForOthers(own, values.revision);
    } catch {
      // The next look makes another connection, or finds out why not; who is behind hears of it when it asks for anything.
      giveUp();
      again(0);
    }
  };

  const opening = open();
  // What is heard meanwhile is looked at afterwards: a second connection would never be closed.
  last = opening.then(
    (made) => {
      own = made;
    },
    () => {
      closed = true;
    },
  );
  await opening;
  again(BETWEEN_LOOKS);
  return {
    lost: () => lost,
    suspect: (cause) => {
      if (cause !== undefined) lost = refusedBy(cause);
      again(0);
    },
    spread: () => next(spread),
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await last;
      await own?.end();
    },
  };
};
