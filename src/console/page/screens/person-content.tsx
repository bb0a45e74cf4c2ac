// A person in two ways: as a form, and as the JSON that is sent.

import { type Signal, useSignal } from '@preact/signals';
import { PersonForm } from './person-form.tsx';

/** The person of a text; undefined where it is none. */
const personIn = (text: string): object | undefined => {
  try {
    const person: unknown = JSON.parse(text);
    return typeof person === 'object' && person !== null ? person : undefined;
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

export const PersonContent = ({ country, text }: ContentParts) => {
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
