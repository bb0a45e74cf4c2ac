// The messages that a worker process was asked for, and what it said of them.

import type { Done, FromWorker, Numbered, Profile } from './messages.ts';

interface Open {
  readonly since: number;
  readonly request: Numbered;
  readonly resolve: (done: Done) => void;
  readonly reject: (why: Error) => void;
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

/** @param now a monotonic clock in milliseconds */
export const createAsked = (now: () => number) => {
  const open = new Map<number, Open>();
  const profiles = new Map<number, Profile>();
  let [asked, answered] = [0, 0];
  return {
    open: () => open.size,
    answered: () => answered,
    /** How long the oldest that is open has been, in milliseconds. */
    oldest: (): number => {
      const [first] = open.values();
      return first ? now() - first.since : 0;
    },
    add: (request: Numbered, send: (ask: number) => void): Promise<Done> =>
      new Promise((resolve, reject) => {
        asked += 1;
        open.set(asked, { since: now(), request, resolve, reject });
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
      for (const { reject } of open.values()) reject(new Error(why));
      open.clear();
    },
  };
};
