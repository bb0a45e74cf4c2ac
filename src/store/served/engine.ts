// A register that another process keeps: what is decided here is written there, if it is decided out of what is there then.

import type { Conflict, Engine, Loss, Numbers, Steps, Stored, Work, Write } from '../engine.ts';
import type { Answer, FromKeeper, Port, Question, Rows, ToKeeper } from './messages.ts';

const STORED: Promise<undefined> = Promise.resolve(undefined);
const lossBy = (loss: string): Loss => ({ loss, passes: false });
const CLOSED = lossBy('the register was closed before the change was made');
const GONE = lossBy('the process that keeps the register has ended');
const COLLIDED: Loss = { loss: 'changes collided again and again', passes: true };

/** How long changes are decided again that collide with others, in milliseconds. */
const PATIENCE = 10_000;
/** How many writes of a long change go out before others are heard. */
const WRITES_AT_ONCE = 500;

/** Questions that are open, and what is known without asking. */
const createTalk = (port: Port<ToKeeper, FromKeeper>) => {
  const open = new Map<number, (answer: Answer) => void>();
  const values = new Map<string, { readonly version: number; readonly body: string }>();
  const listeners: (() => void)[] = [];
  let hindrance: Loss | undefined;
  let [asked, gone] = [0, false];
  port.hear((message) => {
    if ('answer' in message) {
      open.get(message.answer)?.(message.of);
      open.delete(message.answer);
    } else if ('values' in message) {
      for (const { name, version, body } of message.values) values.set(name, { version, body });
      for (const listener of listeners) listener();
      port.send({ known: message.revision });
    } else hindrance = message.hindrance;
  });
  port.ended(() => {
    gone = true;
    for (const resolve of open.values()) resolve(GONE);
    open.clear();
  });
  return {
    values,
    listeners,
    hindrance: (): Loss | undefined => (gone ? GONE : hindrance),
    ask: async (question: Question): Promise<Exclude<Answer, { readonly defect: string }>> => {
      if (gone) return GONE;
      asked += 1;
      const ask = asked;
      const answer = await new Promise<Answer>((resolve) => {
        open.set(ask, resolve);
        port.send({ ask, question });
      });
      if ('defect' in answer) throw new Error(answer.defect);
      return answer;
    },
  };
};

type Talk = ReturnType<typeof createTalk>;

const changeBy =
  ({ ask }: Talk) =>
  async <Loaded, Result>({
    load: { selections, read },
    once,
    decide,
  }: Work<Loaded, Result>): Promise<Loss | Conflict | Stored<Result>> => {
    const until = performance.now() + PATIENCE;
    const stored = (result: Result): Stored<Result> => ({ result, durable: STORED });
    let rows: Rows = [];
    if (selections.length > 0) {
      const found = await ask({ do: 'read', selections });
      if (!('rows' in found)) return 'done' in found ? GONE : found;
      rows = found.rows;
    }
    do {
      const { result, writes = [] } = decide(read(rows), false);
      if (!once && writes.length === 0) return stored(result);
      const answer = await ask({ do: 'change', selections, rows, once, writes });
      if ('done' in answer) return stored(result);
      if (!('rows' in answer)) return answer;
      if (answer.seen) return stored(decide(read(answer.rows), true).result);
      rows = answer.rows;
    } while (performance.now() < until);
    return COLLIDED;
  };

const isOver = (answer: Exclude<Answer, { readonly defect: string }>): Loss | Conflict | undefined =>
  'done' in answer ? undefined : 'rows' in answer ? GONE : answer;

/** Sends what is written as it is made there. */
const sendSteps = async (
  { ask }: Talk,
  steps: Iterable<readonly Write[]>,
  isClosed: () => boolean,
): Promise<Loss | Conflict | undefined> => {
  let writes: Write[] = [];
  const send = async (): Promise<Loss | Conflict | undefined> => {
    const sent = writes;
    writes = [];
    return isOver(await ask({ do: 'step', writes: sent }));
  };
  for (const step of steps) {
    writes.push(...step);
    if (writes.length < WRITES_AT_ONCE) continue;
    const why = await send();
    if (why) return why;
    if (isClosed()) return CLOSED;
  }
  return send();
};

const longBy =
  ({ ask, ...talk }: Talk, isClosed: () => boolean) =>
  async (meanwhile: string, steps: Steps): Promise<Loss | Conflict | undefined> => {
    const refused = isOver(await ask({ do: 'begin', meanwhile }));
    if (refused) return refused;
    let why: Loss | Conflict | undefined;
    try {
      why = isClosed() ? CLOSED : await sendSteps({ ask, ...talk }, steps(), isClosed);
    } catch (error) {
      await ask({ do: 'undo' });
      throw error;
    }
    if (!why) return isOver(await ask({ do: 'end' }));
    await ask({ do: 'undo' });
    return why;
  };

/**
 * @param port to the process that keeps the register
 * @param numbers running numbers that all of its processes share
 */
export const openServed = async (
  port: Port<ToKeeper, FromKeeper>,
  numbers: (name: string) => Numbers,
): Promise<Engine> => {
  const talk = createTalk(port);
  const under = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  let alone: Loss | undefined;
  const isClosed = (): boolean => closing !== undefined;
  const change = changeBy(talk);
  const long = longBy(talk, isClosed);
  let last: Promise<unknown> = Promise.resolve();
  const hindrance = (): Loss | undefined => (isClosed() ? CLOSED : (alone ?? talk.hindrance()));
  /** What is waited for at the end, and before a long change. */
  const noted = <Result>(made: Promise<Result>): Promise<Result> => {
    const over = made.catch(() => undefined).finally(() => under.delete(over));
    under.add(over);
    return made;
  };
  const makeLong = async (meanwhile: string, steps: Steps): Promise<Loss | Conflict | undefined> => {
    if (isClosed()) return CLOSED;
    alone = { loss: meanwhile, passes: true };
    try {
      await Promise.all(under);
      return await long(meanwhile, steps);
    } finally {
      alone = undefined;
    }
  };
  await talk.ask({ do: 'hello' });
  return {
    change: async (work) => hindrance() ?? noted(change(work)),
    read: async ({ selections, read }) => {
      const why = hindrance();
      if (why) return why;
      const found = await talk.ask({ do: 'read', selections });
      if ('rows' in found) return { result: read(found.rows), durable: STORED };
      return 'loss' in found ? found : GONE;
    },
    value: (name) => talk.values.get(name),
    valueNames: () => talk.values.keys(),
    watch: (listener) => void talk.listeners.push(listener),
    exclusive: (meanwhile, steps) => {
      const free = alone === undefined && !talk.hindrance();
      const made = free ? makeLong(meanwhile, steps) : last.then(() => makeLong(meanwhile, steps));
      last = Promise.all([last, made]).catch(() => undefined);
      return made;
    },
    hindrance,
    numbers,
    close: () => {
      closing ??= Promise.all([...under, last]).then(() => undefined);
      return closing;
    },
  };
};
