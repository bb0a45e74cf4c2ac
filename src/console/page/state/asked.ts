// Something that the emulator is asked for while a screen is open.

import { type ReadonlySignal, signal, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { askJson, messageOf, Refusal } from './session.ts';
import { onEvents } from './stream.ts';

export interface Asked<Json> {
  readonly json?: Json;
  readonly failure?: string;
}

/** Counts the events of each kind, for whoever shows what they are about. */
const changes: Record<string, ReturnType<typeof signal<number>>> = {};
const changesOf = (event: string) => {
  changes[event] ??= signal(0);
  return changes[event];
};
onEvents((events) => {
  for (const event of new Set(events.map((one) => one.event))) {
    const count = changesOf(event);
    count.value = (count.value ?? 0) + 1;
  }
});

/** Nobody told what happened: before the stream was open, or while it was away. */
const MISSED = 'missed';

/** The register is not to be had: while something large is stored, for a moment; else until its cause is mended. */
const UNAVAILABLE = 503;
/** When it is asked for again, in milliseconds. */
const AGAIN = 1000;

/**
 * Asks, and asks again when an event of one of these kinds comes, or may have come untold.
 *
 * @param path undefined: nothing is asked
 */
export const useAsked = <Json>(
  path: string | undefined,
  ...events: readonly string[]
): ReadonlySignal<Asked<Json>> => {
  const asked = useSignal<Asked<Json>>({});
  const wanted = useSignal(path);
  wanted.value = path;
  const tries = useSignal(0);
  useEffect(() => {
    asked.value = {};
  }, [path]);
  useSignalEffect(() => {
    const address = wanted.value;
    for (const event of events) changesOf(event).value;
    if (events.length > 0) changesOf(MISSED).value;
    tries.value;
    if (address === undefined) return undefined;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    askJson<Json>(address).then(
      (json) => {
        if (!over) asked.value = { json };
      },
      (error: unknown) => {
        if (over) return;
        asked.value = { ...asked.value, failure: messageOf(error) };
        if (error instanceof Refusal && error.status === UNAVAILABLE)
          timer = setTimeout(() => {
            tries.value += 1;
          }, AGAIN);
      },
    );
    return () => {
      over = true;
      clearTimeout(timer);
    };
  });
  return asked;
};
