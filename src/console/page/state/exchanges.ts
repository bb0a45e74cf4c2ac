// The exchanges that the page knows, newest first, and which of them are shown.

import { batch, computed, signal } from '@preact/signals';
import { calledIn, callerOf, codeOf, type Exchange, type Verdict, verdictOf } from './exchange.ts';
import { onTop } from './order.ts';
import { askJson, send } from './session.ts';
import type { StreamEvent } from './stream.ts';

/** As many as the emulator keeps. */
const MOST = 1000;

/** Undefined: the list was not told yet. */
export const exchanges = signal<readonly Exchange[] | undefined>(undefined);
export const paused = signal(false);
/** What came while the list is paused, newest first. */
const held = signal<readonly Exchange[]>([]);
export const heldCount = computed(() => held.value.length);
/** Those that were cleared away; one of a lower number may still be under way. */
const cleared = signal<ReadonlySet<string>>(new Set());

export const filter = {
  verdict: signal<Verdict | ''>(''),
  service: signal(''),
  caller: signal(''),
  text: signal(''),
};

/** A list that is on its way: the emulator may have made it before what comes meanwhile, which the stream alone tells then. */
interface Loading {
  came: readonly Exchange[];
  emptied: boolean;
}
let loading: Loading | undefined;

const load = async (): Promise<void> => {
  const own: Loading = { came: [], emptied: false };
  loading = own;
  try {
    const { entries } = await askJson<{ entries: readonly Exchange[] }>(`/journal?limit=${MOST}`);
    // One that was asked for later is newer.
    if (loading === own) exchanges.value = onTop(own.came, own.emptied ? [] : entries, MOST);
  } finally {
    if (loading === own) loading = undefined;
  }
};

const show = (more: readonly Exchange[]): void => {
  exchanges.value = onTop(more, exchanges.value ?? [], MOST);
  if (loading) loading.came = onTop(more, loading.came, MOST);
};

const came = (more: readonly Exchange[]): void => {
  if (paused.value) held.value = onTop(more, held.value, MOST);
  else show(more);
};

/** Takes what the stream tells. */
export const takeEvents = (events: readonly StreamEvent[]): void =>
  batch(() => {
    const emptied = events.findLastIndex(
      ({ event, data }) =>
        event === 'journal' || (event === 'reset' && (data as { journal: boolean }).journal),
    );
    if (emptied >= 0) {
      exchanges.value = [];
      held.value = [];
      if (loading) Object.assign(loading, { came: [], emptied: true } satisfies Loading);
      // Who called before is no choice any more.
      filter.service.value = '';
      filter.caller.value = '';
    }
    const more = events
      .slice(emptied + 1)
      .flatMap(({ event, data }) => (event === 'exchange' ? [data as Exchange] : []));
    if (more.length > 0) came(more.reverse());
    if (events.some(({ event }) => event === 'missed')) load().catch(() => undefined);
  });

/** Shows what came while the list was paused, and what comes. */
export const resume = (): void =>
  batch(() => {
    paused.value = false;
    show(held.value);
    held.value = [];
  });

/** Takes the list out of sight; the journal keeps it. */
export const hide = (): void => {
  cleared.value = new Set(exchanges.value?.map(({ id }) => id));
};

/** Makes the journal forget all exchanges. @throws (rejects) Refusal */
export const empty = async (): Promise<void> => {
  await send('DELETE', '/journal');
};

export const restore = (): void => {
  cleared.value = new Set();
};

/** How many exchanges were cleared away. */
export const clearedCount = computed(
  () => (exchanges.value ?? []).filter(({ id }) => cleared.value.has(id)).length,
);

const textOf = (exchange: Exchange): string =>
  [
    calledIn(exchange),
    exchange.service,
    exchange.path,
    callerOf(exchange),
    codeOf(exchange),
    exchange.problem,
    exchange.number,
  ]
    .join(' ')
    .toLowerCase();

export const shown = computed((): readonly Exchange[] => {
  const wanted = filter.text.value.trim().toLowerCase();
  return (exchanges.value ?? []).filter(
    (one) =>
      !cleared.value.has(one.id) &&
      (filter.verdict.value === '' || verdictOf(one) === filter.verdict.value) &&
      (filter.service.value === '' || one.service === filter.service.value) &&
      (filter.caller.value === '' || callerOf(one) === filter.caller.value) &&
      (wanted === '' || textOf(one).includes(wanted)),
  );
});

const all = (told: (exchange: Exchange) => string | undefined) =>
  computed(() => [...new Set((exchanges.value ?? []).map(told).filter((one) => one !== undefined))].sort());

export const services = all(({ service }) => service);
export const callers = all(callerOf);
