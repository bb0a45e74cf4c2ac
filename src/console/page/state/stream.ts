// The stream of events: read with fetch, so that a token goes in a header; it comes back by itself and goes on where it was.

import { signal } from '@preact/signals';
import { ask } from './session.ts';

export interface StreamEvent {
  readonly event: string;
  readonly data: unknown;
}

/** Told of what came together. */
type Listener = (events: readonly StreamEvent[]) => void;

export const connection = signal<'opening' | 'open' | 'lost'>('opening');

const AGAIN = 1000;
/** A tab that nobody sees for so long gives its connection back: browsers have six for each server. */
const HIDDEN = 10_000;

const listeners = new Set<Listener>();
let last = '';

/** Tells of all events from now on; returns what ends that. `opened` is told for each new stream that cannot go on. */
export const onEvents = (listener: Listener): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

const readBlock = (block: string): StreamEvent | undefined => {
  let event = '';
  let data = '';
  for (const line of block.split('\n')) {
    if (line.startsWith('id: ')) last = line.slice(4);
    else if (line.startsWith('event: ')) event = line.slice(7);
    else if (line.startsWith('data: ')) data = line.slice(6);
  }
  return event === '' ? undefined : { event, data: JSON.parse(data) as unknown };
};

const tell = (events: readonly StreamEvent[]): void => {
  if (events.length > 0) for (const listener of listeners) listener(events);
};

const read = async (end: AbortSignal): Promise<void> => {
  const before = last;
  const response = await ask('/events', {
    signal: end,
    headers: before === '' ? {} : { 'last-event-id': before },
  });
  connection.value = 'open';
  if (before === '') tell([{ event: 'missed', data: { missed: null } }]);
  let rest = '';
  const text = response.body?.pipeThrough(new TextDecoderStream());
  for await (const chunk of text ?? []) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    tell(blocks.map(readBlock).filter((one) => one !== undefined));
  }
};

const pause = (milliseconds: number): Promise<void> =>
  new Promise((go) => {
    setTimeout(go, milliseconds);
  });

const whenSeen = (): Promise<void> =>
  new Promise((go) => {
    if (!document.hidden) return go();
    document.addEventListener('visibilitychange', () => go(), { once: true });
  });

/** Reads as long as the page lives. */
export const readEvents = async (): Promise<never> => {
  for (;;) {
    await whenSeen();
    const end = new AbortController();
    let hidden: ReturnType<typeof setTimeout> | undefined;
    const watch = (): void => {
      clearTimeout(hidden);
      if (document.hidden) hidden = setTimeout(() => end.abort(), HIDDEN);
    };
    document.addEventListener('visibilitychange', watch);
    try {
      await read(end.signal);
    } catch {
      // Why it ended does not matter: it begins again.
    }
    document.removeEventListener('visibilitychange', watch);
    clearTimeout(hidden);
    if (!end.signal.aborted) {
      connection.value = 'lost';
      await pause(AGAIN);
    }
  }
};
