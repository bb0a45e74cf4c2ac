// SavePersonContactData: register, replace or remove contact data.

import type { Warning } from '../../kernel/problem.ts';
import { element } from '../../xml/writer.ts';
import { checkType, comparableForm } from '../checks.ts';
import type { CitizenOperation } from '../operation.ts';
import {
  type Citizen,
  type ContactType,
  comparable,
  dataOf,
  EMAIL,
  isContactType,
  replaceData,
  UNVERIFIED,
} from '../register/citizen.ts';
import { type Refusal, type Rule, refusal, refuse } from '../rule.ts';
import { composeFields, rowsIn } from '../soap/message.ts';

/** One row of contact data to save; undefined removes what is registered of its type. */
export interface ContactRow {
  readonly type: number;
  readonly value: string | undefined;
}

/** Rows of one save. The contract says 1..*; there are three types, so that more mean a mistake or an attack [A]. */
export const MOST_ROWS = 20;

export interface SaveCommand {
  readonly rows: readonly ContactRow[];
}

const VALUE_CODES = { 1: 9156, 2: 9157, 3: 9158 } as const;

const removeData = (citizen: Citizen, type: ContactType): Citizen | Refusal => {
  if (!dataOf(citizen, type)) return citizen;
  return type === EMAIL && citizen.subscriptions.length > 0
    ? refusal(
        9155,
        'removal of the e-mail address',
        'no active huskeservice subscription',
        citizen.subscriptions.join(', '),
        'end the subscriptions first, or replace the address',
      )
    : replaceData(citizen, type, undefined);
};

const setData = (citizen: Citizen, type: ContactType, value: string, form: string): Citizen => {
  const before = dataOf(citizen, type);
  // The same value again changes nothing, also not its verification [A].
  return before && comparable(type, before.value) === form
    ? citizen
    : replaceData(citizen, type, { type, value, status: UNVERIFIED });
};

/** @param counts whether no later row is of its type; one that does not count must be valid all the same */
const saveRow = (citizen: Citizen, { type, value }: ContactRow, counts: boolean): Citizen | Refusal => {
  if (!isContactType(type)) return citizen;
  if (value === undefined) return counts ? removeData(citizen, type) : citizen;
  const form = comparableForm(type, value, VALUE_CODES[type]);
  if (typeof form !== 'string') return form;
  return counts ? setData(citizen, type, value, form) : citizen;
};

/** That rows were lost to later ones of their type; undefined where none was. */
const repeatedTypes = (rows: readonly ContactRow[]): Warning | undefined => {
  const types = rows.map(({ type }) => type);
  const repeated = [...new Set(types.filter((type, place) => types.indexOf(type) !== place))].sort();
  if (repeated.length === 0) return undefined;
  const { explanation } = refusal(
    1014,
    'types of the rows',
    'each type once',
    repeated.map((type) => `type ${type} in ${types.filter((one) => one === type).length} rows`).join(', '),
    'send one row for each type; of several the last one counts',
    'assumed',
  );
  return {
    problem: 'dfdg.repeated-type',
    explanation: { ...explanation, rule: 'contract: Save; of rows of one type the last one counts' },
  };
};

/** All rows or none, of one type the last; a changed value is unverified and its pending code dies. */
const save: Rule<SaveCommand, undefined> = (citizen, { rows }) => {
  if (rows.length > MOST_ROWS)
    return refuse(
      1014,
      'rows of contact data',
      `at most ${MOST_ROWS} [assumed]`,
      String(rows.length),
      'send one row for each type of contact data',
    );
  const wrongType = rows.map(({ type }) => checkType(type)).find((wrong) => wrong !== undefined);
  if (wrongType) return { result: wrongType };
  const last = new Map(rows.map(({ type }, place) => [type, place]));
  let next = citizen;
  for (const [place, row] of rows.entries()) {
    const saved = saveRow(next, row, last.get(row.type) === place);
    if ('explanation' in saved) return { result: saved };
    next = saved;
  }
  const warning = repeatedTypes(rows);
  const result = { answer: undefined, ...(warning ? { warnings: [warning] } : {}) };
  return next === citizen ? { result } : { result, next };
};

const fields = ['PersonContactData', 'PersonContactDataTypeIdentifier'];

export const savePersonContactData: CitizenOperation<SaveCommand, undefined> = {
  name: 'SavePersonContactData',
  summary:
    'registers, replaces or (without a value) removes contact data; all rows or none, and of rows of one type the last counts',
  basis: 'documented',
  fields,
  decision: { access: 'write', rule: save },
  decode: (payload) => ({ rows: rowsIn(payload) }),
  encode: () => [],
  // The command line sends one row.
  compose: (values, namespace) => [
    element(
      namespace,
      'PersonContactDataCollection',
      [],
      element(namespace, 'PersonContactData', [], ...composeFields(fields, values, namespace)),
    ),
  ],
  examples: [{ PersonContactData: 'borger@example.dk', PersonContactDataTypeIdentifier: '3' }],
};
