// One person: all that the register holds, changed as a whole.

import { useSignal, useSignalEffect } from '@preact/signals';
import { Failure, Screen } from '../parts/screen.tsx';
import { useAsked } from '../state/asked.ts';
import { go, linkTo } from '../state/route.ts';
import { messageOf, send } from '../state/session.ts';

type Person = Readonly<Record<string, unknown>>;

const NEW = 'new';

/** The members that are on or off, to be changed without a word of JSON. */
const Switches = ({ text, change }: { readonly text: string; readonly change: (text: string) => void }) => {
  let person: Person;
  try {
    person = JSON.parse(text) as Person;
  } catch {
    return null;
  }
  if (typeof person !== 'object' || person === null) return null;
  return (
    <div class="filters">
      {Object.entries(person).map(
        ([name, value]) =>
          typeof value === 'boolean' && (
            <label key={name}>
              <input
                type="checkbox"
                checked={value}
                onChange={() => change(JSON.stringify({ ...person, [name]: !value }, null, 2))}
              />{' '}
              {name}
            </label>
          ),
      )}
    </div>
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
      <Switches
        text={text.value}
        change={(changed) => {
          text.value = changed;
        }}
      />
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
    </Screen>
  );
};
