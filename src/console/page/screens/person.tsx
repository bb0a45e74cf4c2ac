// One person: all that the register holds, changed as a whole, in a form or as JSON.

import { type Signal, useSignal } from '@preact/signals';
import { countryList } from '../../../country-list.ts';
import { Marks } from '../parts/marks.tsx';
import { Failure, Screen } from '../parts/screen.tsx';
import { type Edited, usePerson } from '../state/person.ts';
import { useRegisterTime } from '../state/register-time.ts';
import { go, linkTo } from '../state/route.ts';
import { PersonChanges } from './person-changes.tsx';
import { PersonContent } from './person-content.tsx';

const NEW = 'new';

interface EditorParts {
  readonly country: string;
  readonly id: string;
}

/** Where somebody else changed what is being changed here: nothing of theirs is overwritten unasked. */
const Overtaken = ({ edited: { overtaken, reload } }: { readonly edited: Edited }) => {
  if (overtaken.value === 'no') return null;
  return (
    <div class="failure overtaken" role="alert">
      <p>
        {overtaken.value === 'removed'
          ? 'This person was removed while the form was open. Saving adds the person again, as it stands here.'
          : 'This person was changed while the form was open, as Changed by tells. Saving puts what stands here in its place.'}
      </p>
      {overtaken.value === 'changed' && (
        <button type="button" onClick={reload}>
          Load what the register holds
        </button>
      )}
    </div>
  );
};

const AtAGlance = ({ country, person }: { readonly country: string; readonly person: object }) => {
  const now = useRegisterTime();
  const people = countryList.find((one) => one.country === country)?.people;
  return people && now !== undefined ? <Marks marks={people.marks(person, now)} /> : null;
};

const NumberField = ({ number }: { readonly number: Signal<string> }) => (
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
);

interface ActionsParts extends EditorParts {
  readonly edited: Edited;
  readonly save: () => Promise<void>;
  readonly added: boolean;
}

const Actions = ({ country, edited, save, added }: ActionsParts) => {
  const removing = useSignal(false);
  const remove = async (): Promise<void> => {
    if (!removing.value) removing.value = true;
    else if (await edited.remove()) go('persons', country);
  };
  return (
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
        {edited.overtaken.value === 'no' ? 'Save' : 'Save all the same'}
      </button>
    </>
  );
};

export const PersonEditor = ({ country, id }: EditorParts) => {
  const added = id === NEW;
  const edited = usePerson(country, added ? undefined : id);
  const { text, held, said, failure } = edited;
  const number = useSignal('');
  const save = async (): Promise<void> => {
    const whole = added ? number.value.trim() : id;
    if ((await edited.save(whole)) && added) go('persons', country, whole);
  };
  return (
    <Screen
      title={added ? 'A new person' : `Person ${id}`}
      lead="What is left out takes its default."
      actions={<Actions country={country} id={id} edited={edited} save={save} added={added} />}
    >
      <Failure message={failure.value} />
      <Overtaken edited={edited} />
      <p role="status">{said}</p>
      {held.value && <AtAGlance country={country} person={held.value} />}
      {added && <NumberField number={number} />}
      {(added || text.value !== '') && <PersonContent country={country} text={text} />}
      {!added && <PersonChanges country={country} id={id} />}
    </Screen>
  );
};
