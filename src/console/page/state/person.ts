// A person that is being changed, beside the one that the register holds: others may change it meanwhile.

import { type ReadonlySignal, type Signal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useAsked } from './asked.ts';
import { askJson, messageOf, Refusal, send } from './session.ts';

/** Whether the register holds something else than what the form began with. */
type Overtaken = 'no' | 'changed' | 'removed';

export interface Edited {
  /** The JSON as it stands in the form. */
  readonly text: Signal<string>;
  /** What the register holds. */
  readonly held: ReadonlySignal<object | undefined>;
  readonly overtaken: ReadonlySignal<Overtaken>;
  readonly said: ReadonlySignal<string>;
  readonly failure: ReadonlySignal<string | undefined>;
  /** Begins anew with what the register holds. */
  readonly reload: () => Promise<boolean>;
  /** Whether it is saved: not where somebody else came first, unless that was told already. */
  readonly save: (id: string) => Promise<boolean>;
  readonly remove: () => Promise<boolean>;
}

const textOf = (person: object): string => JSON.stringify(person, null, 2);

const NOT_THERE = 404;

/** What the register holds now; undefined: nobody. */
const heldNow = async (path: string): Promise<object | undefined> => {
  try {
    return await askJson<object>(path);
  } catch (error) {
    if (error instanceof Refusal && error.status === NOT_THERE) return undefined;
    throw error;
  }
};

/** @param id undefined: a person that is to be added */
export const usePerson = (country: string, id: string | undefined): Edited => {
  const pathOf = (whole: string): string => `/persons/${country}/${encodeURIComponent(whole)}`;
  const asked = useAsked<object>(id === undefined ? undefined : pathOf(id), 'persons', 'reset');
  /** What the form began with; undefined: nothing yet. */
  const begun = useSignal<string | undefined>(undefined);
  const text = useSignal(id === undefined ? '{}' : '');
  const overtaken = useSignal<Overtaken>('no');
  const said = useSignal('');
  const refusal = useSignal<string | undefined>(undefined);
  const begin = (person: object): void => {
    begun.value = textOf(person);
    text.value = begun.value;
    overtaken.value = 'no';
  };
  const compare = (person: object | undefined): void => {
    if (!person) overtaken.value = 'removed';
    else overtaken.value = textOf(person) === begun.peek() ? 'no' : 'changed';
  };
  useSignalEffect(() => {
    const { json, failure } = asked.value;
    if (!json) return;
    if (failure !== undefined) {
      heldNow(pathOf(id ?? '')).then(compare, () => undefined);
      return;
    }
    // What somebody has written into the form stays.
    if (begun.peek() === undefined || text.peek() === begun.peek()) begin(json);
    else compare(json);
  });
  const doing = async (act: () => Promise<boolean>): Promise<boolean> => {
    said.value = '';
    refusal.value = undefined;
    try {
      return await act();
    } catch (error) {
      refusal.value = messageOf(error);
      return false;
    }
  };
  const save = (whole: string): Promise<boolean> =>
    doing(async () => {
      const person: unknown = JSON.parse(text.value);
      if (id !== undefined && overtaken.value === 'no') {
        compare(await heldNow(pathOf(whole)));
        if (overtaken.peek() !== 'no') return false;
      }
      begin((await send('PUT', pathOf(whole), person)) as object);
      said.value = 'Saved';
      return true;
    });
  return {
    ...{ text, overtaken, said, save },
    held: useComputed(() => asked.value.json),
    failure: useComputed(() => refusal.value ?? (overtaken.value === 'no' ? asked.value.failure : undefined)),
    reload: () =>
      doing(async () => {
        const person = await heldNow(pathOf(id ?? ''));
        if (person) begin(person);
        else overtaken.value = 'removed';
        return person !== undefined;
      }),
    remove: () =>
      doing(async () => {
        await send('DELETE', pathOf(id ?? ''));
        return true;
      }),
  };
};
