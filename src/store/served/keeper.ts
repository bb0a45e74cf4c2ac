// Keeps a register for several processes: each decides on its own changes, and this one writes them.

import { wordsOf } from '../../kernel/error-words.ts';
import type { Conflict, Engine, LaterSteps, Loss, Steps } from '../engine.ts';
import type { SqliteEngine } from '../sqlite/engine.ts';
import { answerChange, answerRead } from './answers.ts';
import { beginRemote, type RemoteLong } from './long.ts';
import type { Answer, FromKeeper, Port, Question, ToKeeper } from './messages.ts';
import { createTurns, type Turns } from './turns.ts';
import { bring, type Follower, spread } from './values.ts';

export interface Keeper {
  /** The register for the process that keeps it. */
  readonly engine: Engine;
  /** Answers another process until its port ends. */
  attach(port: Port<FromKeeper, ToKeeper>): Attached;
}

/** Another process, as the one that keeps the register knows it. */
export interface Attached {
  /** How many changes it has asked for; nothing of it is stored that it did not ask for. */
  changes(): number;
}

/** Makes a long change whose turn it is. */
type MakeLong = (meanwhile: string, steps: Steps | LaterSteps) => Promise<Loss | Conflict | undefined>;

/** Tells everybody of the single values that are there now, and waits until they are known. */
type Tell = () => Promise<void>;

/** The register with others beside it: what is put is known to all of them when it is stored. */
const shared = (kept: SqliteEngine, { alone, take }: Turns, tell: Tell, makeLong: MakeLong): Engine => ({
  ...kept,
  change: async (work) => {
    const why = alone();
    if (why) return why;
    let puts = false;
    const made = await kept.change({
      ...work,
      decide: (loaded, seen) => {
        const decision = work.decide(loaded, seen);
        puts = !seen && (decision.writes ?? []).some(({ write }) => write === 'put');
        return decision;
      },
    });
    if (!puts || !('durable' in made)) return made;
    const durable = made.durable.then(async (loss) => {
      if (!loss) await tell();
      return loss;
    });
    return { result: made.result, durable };
  },
  read: async (query) => alone() ?? kept.read(query),
  hindrance: () => alone() ?? kept.hindrance(),
  exclusive: async (meanwhile, steps) => {
    const over = await take(meanwhile);
    try {
      return await makeLong(meanwhile, steps);
    } finally {
      over();
    }
  },
});

/** The long change that one process may have under way. */
const createRemoteLong = ({ take }: Turns, makeLong: MakeLong) => {
  let long: { readonly change: RemoteLong; readonly over: () => void } | undefined;
  let gone = false;
  /** The turn of the next one comes when this one is over, whatever became of it. */
  const leave = async (): Promise<void> => {
    const left = long;
    long = undefined;
    await left?.change.undo();
    left?.over();
  };
  return {
    begin: async (meanwhile: string): Promise<Answer> => {
      const over = await take(meanwhile);
      long = { change: beginRemote((steps) => makeLong(meanwhile, steps)), over };
      if (gone) await leave();
      return { done: true };
    },
    step: async ({ writes }: Question & { do: 'step' }): Promise<Answer> =>
      (await long?.change.step(writes)) ?? { done: true },
    end: async (): Promise<Answer> => {
      try {
        return (await long?.change.end()) ?? { done: true };
      } finally {
        await leave();
      }
    },
    undo: async (): Promise<Answer> => {
      await leave();
      return { done: true };
    },
    gone: (): void => {
      gone = true;
      void leave();
    },
  };
};

/** Whether a question writes nothing. */
const onlyLooks = (question: Question): boolean => question.do === 'hello' || question.do === 'read';

const answering = (engine: Engine, long: ReturnType<typeof createRemoteLong>) => {
  return async (question: Question): Promise<Answer> => {
    switch (question.do) {
      case 'hello':
        return { done: true };
      case 'read':
        return answerRead(engine, question);
      case 'change':
        return answerChange(engine, question);
      case 'begin':
        return long.begin(question.meanwhile);
      case 'step':
        return long.step(question);
      case 'end':
        return long.end();
      case 'undo':
        return long.undo();
    }
  };
};

/** @param kept the register, which nobody else uses from now on */
export const createKeeper = (kept: SqliteEngine): Keeper => {
  const followers = new Set<Follower>();
  const turns = createTurns((hindrance) => {
    for (const { send } of followers) send({ hindrance });
  });
  const listeners: (() => void)[] = [];
  const tell: Tell = async () => {
    for (const listener of listeners) listener();
    await spread(kept, followers);
  };
  const makeLong: MakeLong = async (meanwhile, steps) => {
    const why = await kept.exclusive(meanwhile, steps);
    if (!why) await tell();
    return why;
  };
  const engine = shared(kept, turns, tell, makeLong);
  return {
    engine: { ...engine, watch: (listener) => void listeners.push(listener) },
    attach: (port) => {
      const follower: Follower = { told: new Map(), sent: 0, known: 0, send: port.send };
      const long = createRemoteLong(turns, makeLong);
      const answer = answering(engine, long);
      let changes = 0;
      const reply = async (ask: number, question: Question): Promise<void> => {
        const of = await answer(question).catch((error: unknown): Answer => ({ defect: wordsOf(error) }));
        // It may tell of values that were put meanwhile.
        bring(kept, follower);
        port.send({ answer: ask, of });
      };
      port.hear((message) => {
        if ('known' in message) follower.known = message.known;
        else {
          if (!onlyLooks(message.question)) changes += 1;
          void reply(message.ask, message.question);
        }
      });
      port.ended(() => {
        followers.delete(follower);
        long.gone();
      });
      followers.add(follower);
      port.send({ hindrance: turns.alone() });
      return { changes: () => changes };
    },
  };
};
