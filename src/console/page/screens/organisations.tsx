// Organisations: who there is in a register, and who may act for whom.

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Country } from '../../../contract/country.ts';
import { printable } from '../../../kernel/printable.ts';
import { Countries, countryNamed } from '../parts/countries.tsx';
import { Failure, Screen } from '../parts/screen.tsx';
import { useAsked } from '../state/asked.ts';
import { messageOf, send } from '../state/session.ts';
import { NewRelation } from './new-relation.tsx';

type Row = Readonly<Record<string, string | number>>;

/** What the control interface tells: relations, and one list by the name that the country gives it. */
type Lists = Readonly<Record<string, readonly Row[]>>;

const RELATIONS = 'relations';

const textOf = (row: Row, names: readonly string[]): string =>
  names.map((name) => String(row[name] ?? '')).join(' ');

/** The names of organisations by their numbers. */
const namesIn = (rows: readonly Row[]): ReadonlyMap<string, string> =>
  new Map(rows.map((row) => [String(row.orgnr ?? row.cvr), String(row.navn ?? row.name)]));

const Known = ({ rows }: { readonly rows: readonly Row[] }) => {
  const columns = Object.keys(rows[0] ?? {});
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={textOf(row, columns)}>
              {columns.map((column) => (
                <td key={column}>{printable(String(row[column]))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

interface RelationsParts {
  readonly country: Country;
  readonly rows: readonly Row[];
  readonly names: ReadonlyMap<string, string>;
  readonly remove: (row: Row) => void;
}

const Relations = ({ country: { relation }, rows, names, remove }: RelationsParts) => {
  const members = relation.members.map(({ name }) => name);
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            {members.map((member) => (
              <th key={member} scope="col">
                {member}
              </th>
            ))}
            <th scope="col">
              <span class="sr">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={textOf(row, members)}>
              {members.map((member) => {
                const value = String(row[member]);
                return (
                  <td key={member}>
                    {printable(value)} <small>{printable(names.get(value) ?? '')}</small>
                  </td>
                );
              })}
              <td class="act">
                <button
                  type="button"
                  aria-label={`Remove ${printable(textOf(row, members))}`}
                  onClick={() => remove(row)}
                >
                  Remove
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Content = ({ country }: { readonly country: Country }) => {
  const { json, failure } = useAsked<Lists>(
    `/organisations?country=${country.country}`,
    'organisations',
    'reset',
  ).value;
  const heading = useRef<HTMLHeadingElement>(null);
  const said = useSignal('');
  const refusal = useSignal<string | undefined>(undefined);
  const members = country.relation.members.map(({ name }) => name);
  const [title, known = []] = Object.entries(json ?? {}).find(([name]) => name !== RELATIONS) ?? [];
  const change = async (body: object, told: string): Promise<boolean> => {
    said.value = '';
    refusal.value = undefined;
    try {
      await send('POST', `/relations?country=${country.country}`, body);
      said.value = told;
      return true;
    } catch (error) {
      refusal.value = messageOf(error);
      return false;
    }
  };
  const remove = async (row: Row): Promise<void> => {
    // The button is gone then.
    heading.current?.focus();
    await change({ remove: [row] }, `${textOf(row, members)} is no longer in the register`);
  };
  const add = (row: Row) => change({ add: [row] }, `${textOf(row, members)} is in the register`);
  const relations = json?.[RELATIONS] ?? [];
  return (
    <>
      <Failure message={failure} />
      <section class="card" aria-labelledby="relations">
        <h2 id="relations" ref={heading} tabIndex={-1}>
          Who may act for whom
        </h2>
        <p class="lead">A relation says: {country.relation.help}.</p>
        <Failure message={refusal.value} />
        <p role="status">{said}</p>
        <NewRelation members={country.relation.members} add={add} />
        {json && relations.length === 0 && <p>The register has no relation.</p>}
        {relations.length > 0 && (
          <Relations country={country} rows={relations} names={namesIn(known)} remove={remove} />
        )}
      </section>
      {title !== undefined && (
        <section class="card" aria-labelledby="known">
          <h2 id="known">{title === 'providers' ? 'Mailbox providers' : 'Organisations'}</h2>
          {known.length === 0 ? <p>The register has none.</p> : <Known rows={known} />}
        </section>
      )}
    </>
  );
};

export const Organisations = ({ country: name }: { readonly country: string | undefined }) => {
  const chosen = countryNamed(name);
  return (
    <Screen title="Organisations" lead="Who is known to the registers, and who may act for whom.">
      <Countries place="organisations" chosen={chosen} />
      <Content country={chosen} key={chosen.country} />
    </Screen>
  );
};
