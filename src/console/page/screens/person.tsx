// One person: all that the register holds, changed as a whole, in a form or as JSON.

import { type Signal, useSignal, useSignalEffect } from '@preact/signals';
import { Failure, Screen } from '../parts/screen.tsx';
import { useAsked } from '../state/asked.ts';
import { go, linkTo } from '../state/route.ts';
import { messageOf, send } from '../state/session.ts';
import { PersonChanges } from './person-changes.tsx';
import { PersonForm } from './person-form.tsx';

type Person = Readonly<Record<string, unknown>>;

const NEW = 'new';

/** The person of a text; undefined where it is none. */
const personIn = (text: string): Person | undefined => {
  try {
    const person: unknown = JSON.parse(text);
    return typeof person === 'object' && person !== null ? (person as Person) : undefined;
  } catch {
    return undefined;
  }
};

const VIEWS = ['Form', 'JSON'] as const;
type View = (typeof VIEWS)[number];

interface ContentParts {
  readonly country: string;
  readonly text: Signal<string>;
}

/** The same person in two ways: as a form, and as the JSON that is sent. */
const Content = ({ country, text }: ContentParts) => {
  const view = useSignal<View>('Form');
  const person = personIn(text.value);
  return (
    <>
      <div class="tabs">
        {VIEWS.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={view.value === one}
            onClick={() => {
              view.value = one;
            }}
          >
            {one}
          </button>
        ))}
      </div>
      {view.value === 'Form' && person && (
        <PersonForm
          country={country}
          person={person}
          change={(changed) => {
            text.value = JSON.stringify(changed, null, 2);
          }}
        />
      )}
      {view.value === 'Form' && !person && <p>The JSON of this person cannot be read; mend it there.</p>}
      {view.value === 'JSON' && (
        <label class="field">
          The person as JSON
          <textarea
            rows={24}
            spellcheck={false}
            value={text.value}
            onInput={({ currentTarget }) => {
              text.value = currentTarget.value;
            }}
          />
        </label>
      )}
    </>
  );
};

interface EditorParts {
  readonly country: string;
  readonly id: string;
}

export const PersonEditor = ({ country, id }: EditorParts) => {
  const added = id === NEW;
  const asked = useAsked<Person>(added ? undefined : `/persons/${country}/${encodeURIComponent(id)}`);
  const text = useSignal(added ? '{}' : '');
  const number = useSignal('');
  const said = useSignal('');
  const failure = useSignal<string | undefined>(undefined);
  const removing = useSignal(false);
  useSignalEffect(() => {
    if (asked.value.json) text.value = JSON.stringify(asked.value.json, null, 2);
  });
  const doing = async (act: () => Promise<void>): Promise<void> => {
    said.value = '';
    failure.value = undefined;
    try {
      await act();
    } catch (error) {
      failure.value = messageOf(error);
    }
  };
  const save = () =>
    doing(async () => {
      const whole = added ? number.value.trim() : id;
      const kept = await send(
        'PUT',
        `/persons/${country}/${encodeURIComponent(whole)}`,
        JSON.parse(text.value),
      );
      if (added) return go('persons', country, whole);
      text.value = JSON.stringify(kept, null, 2);
      said.value = 'Saved';
    });
  const remove = () =>
    doing(async () => {
      if (!removing.value) {
        removing.value = true;
        return;
      }
      await send('DELETE', `/persons/${country}/${encodeURIComponent(id)}`);
      go('persons', country);
    });
  return (
    <Screen
      title={added ? 'A new person' : `Person ${id}`}
      lead="What is left out takes its default."
      actions={
        <>
          <a class="button" href={linkTo('persons', country)}>
            All persons
          </a>
          {!added && (
            <button type="button" class="danger" onClick={remove}>
              {removing.value ? 'Really remove' : 'Remove'}
            </button>
          )}
          <button type="button" class="main" onClick={save}>
            Save
          </button>
        </>
      }
    >
      <Failure message={failure.value ?? asked.value.failure} />
      <p role="status">{said}</p>
      {added && (
        <label class="field">
          Number
          <input
            value={number.value}
            inputMode="numeric"
            onInput={({ currentTarget }) => {
              number.value = currentTarget.value;
            }}
          />
        </label>
      )}
      {(added || text.value !== '') && <Content country={country} text={text} />}
      {!added && <PersonChanges country={country} id={id} />}
    </Screen>
  );
};
