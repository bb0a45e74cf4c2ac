// The messages that a worker process was asked for, and what it said of them.

import type { Done, FromWorker, Numbered, Profile } from './messages.ts';

interface Open {
  readonly request: Numbered;
  /** How many changes the process had asked for before. */
  readonly changes: number;
  readonly resolve: (done: Done) => void;
  readonly reject: (why: Error) => void;
}

/** The process ended before it answered. */
export class WorkerEnded extends Error {
  /** Whether anything of the message may be stored. */
  readonly stored: 'no' | 'not known';
  constructor(message: string, stored: WorkerEnded['stored']) {
    super(message);
    this.stored = stored;
  }
}

const NOTHING = Buffer.alloc(0);

/** Puts back into an exchange what was not sent. */
const whole = ({ answer, entry }: Done, { body }: Numbered, profile: Profile | undefined): Done => ({
  answer,
  entry: {
    ...entry,
    ...(entry.judged && profile ? { judged: { ...entry.judged, profile } } : {}),
    request: { ...entry.request, body: Buffer.isBuffer(body) ? body : NOTHING },
  },
});

/** @param changes how many changes of the register the process has asked for */
export const createAsked = (changes: () => number) => {
  const open = new Map<number, Open>();
  const profiles = new Map<number, Profile>();
  let [asked, answered] = [0, 0];
  return {
    open: () => open.size,
    answered: () => answered,
    add: (request: Numbered, send: (ask: number) => void): Promise<Done> =>
      new Promise((resolve, reject) => {
        asked += 1;
        open.set(asked, { request, changes: changes(), resolve, reject });
        send(asked);
      }),
    knows: ({ profile, is }: Extract<FromWorker, { readonly is: Profile }>): void => {
      profiles.set(profile, is);
    },
    settle: (message: Extract<FromWorker, { readonly answer: number }>): void => {
      const waiting = open.get(message.answer);
      open.delete(message.answer);
      answered += 1;
      if (!waiting) return;
      if ('defect' in message) waiting.reject(new Error(message.defect));
      else waiting.resolve(whole(message.of, waiting.request, profiles.get(message.judgedBy ?? -1)));
    },
    gone: (why: string): void => {
      for (const { changes: before, reject } of open.values())
        reject(new WorkerEnded(why, changes() === before ? 'no' : 'not known'));
      open.clear();
    },
  };
};
