// Danish citizens on the command line, told from what is registered, since seeds' own words are not kept.

import { peopleOf } from '../contract/people.ts';
import type { CitizenJson } from './register/json.ts';

const TYPES: Readonly<Record<number, string>> = { 1: 'mobile', 2: 'landline', 3: 'e-mail' };
const STATUSES: Readonly<Record<number, string>> = { 1: 'not verified', 2: 'verified', 3: 'invalid' };

const contactOf = ({ kontaktdata = [] }: CitizenJson): string =>
  kontaktdata
    .map(({ type, status = 1 }) => `${TYPES[type] ?? type} ${STATUSES[status] ?? status}`)
    .join(', ') || 'no contact data';

const wordsOf = (citizen: CitizenJson): string =>
  [
    ...(citizen.doed ? ['dead'] : []),
    contactOf(citizen),
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
  freeMeans: 'that live and have no contact data',
  unreservable: 'citizens of the Danish register cannot be reserved',
  options: [],
  make: () => ({}),
});
