// What happens in the emulator, told to everybody who listens: each event written once, for all of them, and kept for a while.

import { randomBytes } from 'node:crypto';
import { ControlError, unavailableNow } from './problem.ts';

/** Takes the text of a stream of server-sent events, as UTF-8. */
export interface Listener {
  write(text: Uint8Array): void;
  end(): void;
}

export interface Events {
  /**
   * Tells of something.
   *
   * @param make is called a moment later, once, and only where somebody may hear it
   * @param same of events with the same text only one is told in a moment
   */
  tell(event: string, make: () => object, same?: string): void;
  /**
   * @param after the id of the event that the listener heard last; undefined: it begins now
   * @returns what the stream begins with, to be written before anything else, and what ends the listening
   * @throws ControlError where the id is none, or nobody else can listen
   */
  listen(listener: Listener, after?: string): { readonly opening: string; readonly leave: () => void };
  /** Has something looked for while somebody listens. */
  whileHeard(watch: () => Watch): void;
  /** Resolves when everything is looked for: to be waited for by who is about to listen. */
  ready(): Promise<void>;
  /** Ends all streams; nobody can listen from then on. */
  close(): void;
}

/** A look for what happens elsewhere. */
export interface Watch {
  /** Resolves when nothing that happens from now on is missed. */
  readonly ready: Promise<unknown>;
  readonly end: () => void;
}

/** Milliseconds, events and characters. */
export interface EventBounds {
  /** Between something and the word of it: what happens meanwhile goes out together. */
  readonly moment: number;
  readonly heartbeat: number;
  /** How long events are kept for a listener that is gone and may come back. */
  readonly linger: number;
  readonly listeners: number;
  readonly kept: number;
  readonly keptText: number;
}

const USUAL: EventBounds = {
  moment: 50,
  heartbeat: 15_000,
  linger: 60_000,
  listeners: 100,
  kept: 1000,
  keptText: 1024 * 1024,
};

interface Kept {
  readonly number: number;
  readonly text: string;
}

/** The last events as they went out, oldest first. */
const createKept = ({ kept: most, keptText }: EventBounds) => {
  let all: Kept[] = [];
  let length = 0;
  return {
    add: (frames: readonly Kept[]): void => {
      all.push(...frames);
      for (const { text } of frames) length += text.length;
      let gone = 0;
      while (all.length - gone > most || length > keptText) length -= all[gone++]?.text.length ?? 0;
      if (gone > 0) all = all.slice(gone);
    },
    clear: (): void => {
      all = [];
      length = 0;
    },
    /** Those after a number, and how many between are gone; `last` is the number of the last event of all. */
    after: (number: number, last: number) => ({
      missed: (all[0]?.number ?? last + 1) - 1 - number,
      text: all
        .filter((frame) => frame.number > number)
        .map(({ text }) => text)
        .join(''),
    }),
  };
};

/** @param missed how many events; null: nobody knows, since the emulator was started again */
const missing = (missed: number | null): string => `event: missed\ndata: ${JSON.stringify({ missed })}\n\n`;

const ID = /^(?:([0-9a-f]{8})-)?(\d{1,15})$/;

/** Makes the text of events, and keeps it while somebody may ask for it again. */
const createWriting = (bounds: EventBounds, session: string) => {
  const kept = createKept(bounds);
  let waiting: { number: number; event: string; make: () => object; same: string | undefined }[] = [];
  let last = 0;
  return {
    id: (): string => `id: ${session}-${last}\n\n`,
    add: (event: string, make: () => object, same: string | undefined): void => {
      if (same !== undefined && waiting.some((one) => one.same === same)) return;
      last += 1;
      waiting.push({ number: last, event, make, same });
    },
    count: (): void => {
      last += 1;
    },
    /** The text of what happened since it was asked for last. */
    take: (): string => {
      const frames = waiting.map(({ number, event, make }) => ({
        number,
        text: `id: ${session}-${number}\nevent: ${event}\ndata: ${JSON.stringify(make())}\n\n`,
      }));
      waiting = [];
      kept.add(frames);
      return frames.map(({ text }) => text).join('');
    },
    /** @throws ControlError where it is no id */
    after: (id: string): string => {
      const [, from = session, number] = ID.exec(id) ?? [];
      if (number === undefined)
        throw new ControlError(400, `after: expected the id of an event, such as ${session}-${last}`);
      if (from !== session || Number(number) > last) return missing(null);
      const { missed, text } = kept.after(Number(number), last);
      return (missed > 0 ? missing(missed) : '') + text;
    },
    forget: (): void => {
      waiting = [];
      kept.clear();
    },
  };
};

/** Whether anybody listens, or did a moment ago and may come back; and the looks that are made meanwhile. */
const createHearing = ({ linger }: EventBounds, forget: () => void) => {
  let heard = false;
  let make = (): Watch | undefined => undefined;
  let watch: Watch | undefined;
  let timer: NodeJS.Timeout | undefined;
  return {
    isHeard: () => heard,
    whileHeard: (made: () => Watch): void => {
      make = made;
    },
    hear: (): void => {
      clearTimeout(timer);
      if (!heard) watch = make();
      heard = true;
    },
    linger: (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        heard = false;
        watch?.end();
        forget();
      }, linger).unref();
    },
    ready: async (): Promise<void> => void (await watch?.ready),
    end: (): void => {
      clearTimeout(timer);
      watch?.end();
    },
  };
};

export const createEvents = (given: Partial<EventBounds> = {}): Events => {
  const bounds = { ...USUAL, ...given };
  const writing = createWriting(bounds, randomBytes(4).toString('hex'));
  const listeners = new Set<Listener>();
  let open = true;
  let moment: NodeJS.Timeout | undefined;
  let heartbeat: NodeJS.Timeout | undefined;
  const send = (text: string): void => {
    const octets = Buffer.from(text);
    for (const listener of listeners) listener.write(octets);
  };
  const flush = (): void => {
    clearTimeout(moment);
    moment = undefined;
    const text = writing.take();
    if (text !== '') send(text);
  };
  const hearing = createHearing(bounds, () => {
    clearTimeout(moment);
    moment = undefined;
    writing.forget();
  });
  const leave = (listener: Listener): void => {
    if (!listeners.delete(listener) || listeners.size > 0 || !open) return;
    clearInterval(heartbeat);
    hearing.linger();
  };
  return {
    whileHeard: hearing.whileHeard,
    ready: async () => {
      if (!open) return;
      hearing.hear();
      if (listeners.size === 0) hearing.linger();
      await hearing.ready();
    },
    tell: (event, make, same) => {
      if (!hearing.isHeard()) return writing.count();
      writing.add(event, make, same);
      moment ??= setTimeout(flush, bounds.moment).unref();
    },
    listen: (listener, after) => {
      if (!open) throw unavailableNow({ loss: 'the emulator is stopping', passes: false });
      if (listeners.size >= bounds.listeners)
        throw new ControlError(503, `${bounds.listeners} listen to the events already`);
      flush();
      const before = after === undefined ? '' : writing.after(after);
      hearing.hear();
      if (listeners.size === 0)
        heartbeat = setInterval(() => send(': still here\n\n'), bounds.heartbeat).unref();
      listeners.add(listener);
      return { opening: `retry: 1000\n\n${before}${writing.id()}`, leave: () => leave(listener) };
    },
    close: () => {
      open = false;
      hearing.end();
      for (const timer of [moment, heartbeat]) clearTimeout(timer);
      for (const listener of listeners) listener.end();
      listeners.clear();
    },
  };
};
