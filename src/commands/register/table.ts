// Who is who in a register: each person told in words from what is registered, since seeds' own words are not kept.

import type { CitizenJson } from '../../dfdg/register/json.ts';
import { inColumns, WIDTH } from '../../kernel/terminal.ts';
import type { PersonJson } from '../../kontaktregister/register/json.ts';

/** Whether a mailbox can be made for a person: nothing stands in its way. */
export const isFreePerson = ({ status = 'AKTIV', reservert, postkasser = [] }: PersonJson): boolean =>
  status === 'AKTIV' && !reservert && postkasser.length === 0;

/** Whether a citizen lives and has no contact data yet. */
export const isFreeCitizen = ({ doed, kontaktdata = [] }: CitizenJson): boolean =>
  !doed && kontaktdata.length === 0;

const channelsOf = ({
  kontaktinformasjon: { mobiltelefonnummer, epostadresse } = {},
}: PersonJson): string => {
  if (mobiltelefonnummer && epostadresse) return 'mobile and e-mail';
  if (mobiltelefonnummer) return 'mobile only';
  return epostadresse ? 'e-mail only' : 'no mobile, no e-mail';
};

const mailboxesOf = ({ postkasser = [] }: PersonJson): string =>
  postkasser
    .map(({ leverandoer, aktiv }) => `${aktiv ? 'active' : 'inactive'} mailbox with ${leverandoer}`)
    .join(', ') || 'no mailbox';

const personWords = (person: PersonJson): string =>
  [...(person.reservert ? ['reserved'] : []), mailboxesOf(person), channelsOf(person)].join('; ');

const TYPES: Readonly<Record<number, string>> = { 1: 'mobile', 2: 'landline', 3: 'e-mail' };
const STATUSES: Readonly<Record<number, string>> = { 1: 'not verified', 2: 'verified', 3: 'invalid' };

const contactOf = ({ kontaktdata = [] }: CitizenJson): string =>
  kontaktdata
    .map(({ type, status = 1 }) => `${TYPES[type] ?? type} ${STATUSES[status] ?? status}`)
    .join(', ') || 'no contact data';

const citizenWords = (citizen: CitizenJson): string =>
  [
    ...(citizen.doed ? ['dead'] : []),
    contactOf(citizen),
    ...(citizen.tidligereId ? [`had the number ${citizen.tidligereId}`] : []),
    ...(citizen.huskeservice?.length ? [`reminded of ${citizen.huskeservice.join(', ')}`] : []),
  ].join('; ');

/** No column but the last is wider: a long value of one row leaves the others their place. */
const WIDEST = 18;

/** A header and rows in columns; the last column takes what is left of the line. */
const asTable = (header: readonly string[], rows: readonly (readonly string[])[]): string[] => {
  const all = [header, ...rows].map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : inColumns(cell, WIDEST))),
  );
  const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all.map((row) =>
    inColumns(
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  '),
      WIDTH,
    ),
  );
};

export const personTable = (persons: readonly PersonJson[]): string[] =>
  asTable(
    ['person', 'status', 'who'],
    persons.map((person) => [
      person.id,
      [person.status ?? 'AKTIV', person.slettetAarsak].filter((part) => part !== undefined).join(' '),
      personWords(person),
    ]),
  );

export const citizenTable = (citizens: readonly CitizenJson[]): string[] =>
  asTable(
    ['citizen', 'CV number', 'kommune', 'who'],
    citizens.map((citizen) => [
      citizen.id,
      citizen.cvCustomerIdentifier ?? '-',
      citizen.kommune ?? '-',
      citizenWords(citizen),
    ]),
  );
