// Danish citizens on the command line, told from what is registered, since seeds' own words are not kept.

import { type Mark, peopleOf, type Standing } from '../contract/people.ts';
import type { CitizenJson } from './register/json.ts';

const TYPES: Readonly<Record<number, string>> = { 1: 'mobile', 2: 'landline', 3: 'e-mail' };
const STATUSES: Readonly<Record<number, string>> = { 1: 'not verified', 2: 'verified', 3: 'invalid' };

const STANDINGS: Readonly<Record<number, Standing>> = { 1: 'warned', 2: 'good', 3: 'wrong' };

const contactMarks = ({ kontaktdata = [] }: CitizenJson): readonly Mark[] => {
  if (kontaktdata.length === 0) return [{ standing: 'plain', text: 'no contact data' }];
  return kontaktdata.map(({ type, status = 1 }) => ({
    standing: STANDINGS[status] ?? 'plain',
    text: `${TYPES[type] ?? type} ${STATUSES[status] ?? status}`,
  }));
};

const plain = (text: string): Mark => ({ standing: 'plain', text });

const wordsOf = (citizen: CitizenJson): string =>
  [
    ...(citizen.doed ? ['dead'] : []),
    contactMarks(citizen)
      .map(({ text }) => text)
      .join(', '),
    ...(citizen.tidligereId ? [`had the number ${citizen.tidligereId}`] : []),
    ...(citizen.huskeservice?.length ? [`reminded of ${citizen.huskeservice.join(', ')}`] : []),
  ].join('; ');

export const people = peopleOf<CitizenJson>({
  digits: 10,
  header: ['citizen', 'CV number', 'kommune', 'who'],
  tell: (citizen) => {
    const { id, cvCustomerIdentifier, kommune, doed = false, kontaktdata = [] } = citizen;
    return {
      cells: [id, cvCustomerIdentifier ?? '-', kommune ?? '-', wordsOf(citizen)],
      free: !doed && kontaktdata.length === 0,
    };
  },
  marks: (citizen) => [
    ...(citizen.doed ? [{ standing: 'wrong', text: 'dead' } as const] : []),
    ...contactMarks(citizen),
    ...(citizen.tidligereId ? [plain(`had the number ${citizen.tidligereId}`)] : []),
    ...(citizen.huskeservice ?? []).map((name) => plain(`reminded of ${name}`)),
  ],
  freeMeans: 'that live and have no contact data',
  unreservable: 'citizens of the Danish register cannot be reserved',
  options: [],
  make: () => ({}),
});
