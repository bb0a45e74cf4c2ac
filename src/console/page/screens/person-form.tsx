// A person as a form: the members of the country by their labels. What it has no field for stays as it is.

import { type Field, forms, type Path, type Rows, valueAt, withValue } from '../state/person-fields.ts';

interface FormParts {
  readonly country: string;
  readonly person: unknown;
  readonly change: (person: unknown) => void;
}

interface FieldParts {
  readonly field: Field;
  readonly at: Path;
  readonly person: unknown;
  readonly change: FormParts['change'];
}

const partsOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const FieldView = ({
  field: { path, label, choices, flag, several, none, whole },
  at,
  person,
  change,
}: FieldParts) => {
  const place = [...at, ...path];
  const value = valueAt(person, place);
  const set = (text: string): void => {
    const chosen = choices?.find(([one]) => String(one) === text)?.[0] ?? text;
    if (chosen === '' && whole) change(withValue(person, [...at, ...whole], undefined));
    else change(withValue(person, place, chosen === '' ? none : chosen));
  };
  if (flag)
    return (
      <label class="flag">
        <input
          type="checkbox"
          checked={value === true}
          onChange={({ currentTarget }) => change(withValue(person, place, currentTarget.checked))}
        />{' '}
        {label}
      </label>
    );
  if (several)
    return (
      <label class="field">
        {label}
        <input
          value={Array.isArray(value) ? value.join(', ') : ''}
          spellcheck={false}
          onChange={({ currentTarget }) => change(withValue(person, place, partsOf(currentTarget.value)))}
        />
      </label>
    );
  if (choices)
    return (
      <label class="field">
        {label}
        <select value={String(value ?? '')} onChange={({ currentTarget }) => set(currentTarget.value)}>
          {choices.map(([one, told]) => (
            <option key={one} value={one}>
              {told}
            </option>
          ))}
        </select>
      </label>
    );
  return (
    <label class="field">
      {label}
      <input
        value={typeof value === 'string' ? value : ''}
        spellcheck={false}
        onInput={({ currentTarget }) => set(currentTarget.value)}
      />
    </label>
  );
};

const RowsView = ({
  rows: { path, label, fields, blank },
  person,
  change,
}: Pick<FormParts, 'person' | 'change'> & { readonly rows: Rows }) => {
  const found = valueAt(person, path);
  const all = Array.isArray(found) ? found : [];
  return (
    <>
      {all.map((_row, index) => (
        <fieldset key={index} class="row">
          <legend>
            {label} {index + 1}
          </legend>
          <div class="fields">
            {fields.map((field) => (
              <FieldView
                key={field.label}
                field={field}
                at={[...path, index]}
                person={person}
                change={change}
              />
            ))}
          </div>
          <button type="button" onClick={() => change(withValue(person, [...path, index], undefined))}>
            Remove {label.toLowerCase()} {index + 1}
          </button>
        </fieldset>
      ))}
      <button type="button" onClick={() => change(withValue(person, path, [...all, blank]))}>
        Add a {label.toLowerCase()}
      </button>
    </>
  );
};

export const PersonForm = ({ country, person, change }: FormParts) => {
  const form = forms[country];
  if (!form) return null;
  return (
    <div class="card">
      <div class="fields">
        {form.fields.map((field) => (
          <FieldView key={field.label} field={field} at={[]} person={person} change={change} />
        ))}
      </div>
      {form.rows.map((rows) => (
        <RowsView key={rows.label} rows={rows} person={person} change={change} />
      ))}
    </div>
  );
};
