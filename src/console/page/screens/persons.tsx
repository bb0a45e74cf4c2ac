// Persons: what the registers of both countries hold, and how it is changed.

import { useSignal } from '@preact/signals';
import type { Country } from '../../../contract/country.ts';
import { printable } from '../../../kernel/printable.ts';
import { Countries, countryNamed } from '../parts/countries.tsx';
import { Marks } from '../parts/marks.tsx';
import { Failure, Screen } from '../parts/screen.tsx';
import { plural } from '../parts/text.ts';
import { useAsked } from '../state/asked.ts';
import { useRegisterTime } from '../state/register-time.ts';
import { linkTo } from '../state/route.ts';
import { PersonEditor } from './person.tsx';

/** As many as are asked for; a search by the whole number finds every other one. */
const MOST = 1000;

const List = ({ country: { country, people } }: { readonly country: Country }) => {
  const search = useSignal('');
  const { json, failure } = useAsked<{ persons: readonly { id: string }[] }>(
    `/persons?country=${country}&limit=${MOST}`,
    'persons',
    'reset',
  ).value;
  const now = useRegisterTime();
  const wanted = search.value.trim().toLowerCase();
  // The words on who it is are told part by part here.
  const header = people.header.slice(0, -1);
  const all = (now === undefined ? [] : (json?.persons ?? [])).map((person) => ({
    id: person.id,
    cells: people.tell(person).cells.slice(0, header.length),
    marks: people.marks(person, now ?? 0),
  }));
  const found = all.filter(({ cells, marks }) =>
    [...cells, ...marks.map(({ text }) => text)].join(' ').toLowerCase().includes(wanted),
  );
  return (
    <>
      <search class="filters">
        <label class="grow">
          <span class="sr">Search</span>
          <input
            type="search"
            placeholder="Number, or words such as reserved or mailbox"
            value={search.value}
            onInput={({ currentTarget }) => {
              search.value = currentTarget.value;
            }}
          />
        </label>
        <span class="count" role="status">
          {json && plural(found.length, 'person')}
        </span>
        <a class="button" href={linkTo('persons', country, 'new')}>
          Add a person
        </a>
      </search>
      <Failure message={failure} />
      <div class="scroll card flush">
        <table>
          <thead>
            <tr>
              {[...header, 'state'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.map(({ id, cells: [number = '', ...cells], marks }) => (
              <tr key={id}>
                <td class="number">
                  <a href={linkTo('persons', country, id)}>{number}</a>
                </td>
                {cells.map((cell, index) => (
                  <td key={header[index + 1]}>{printable(cell)}</td>
                ))}
                <td>
                  <Marks marks={marks} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {all.length === MOST && (
        <p>
          The first {MOST} are shown. A person beyond them has the address {linkTo('persons', country, '…')}{' '}
          with the whole number.
        </p>
      )}
    </>
  );
};

interface PersonsParts {
  readonly country: string | undefined;
  readonly id: string | undefined;
}

export const Persons = ({ country: name, id }: PersonsParts) => {
  const chosen = countryNamed(name);
  if (id !== undefined) return <PersonEditor country={chosen.country} id={id} key={id} />;
  return (
    <Screen title="Persons" lead="Synthetic persons of the registers. Numbers are not masked here.">
      <Countries place="persons" chosen={chosen} />
      <List country={chosen} key={chosen.country} />
    </Screen>
  );
};
