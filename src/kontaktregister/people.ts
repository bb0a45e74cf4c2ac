// Norwegian persons on the command line, told from what is registered, since seeds' own words are not kept.

import { type PersonOptions, peopleOf } from '../contract/people.ts';
import type { PersonJson } from './register/json.ts';
import { deletionCauses } from './register/person.ts';

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

const wordsOf = (person: PersonJson): string =>
  [...(person.reservert ? ['reserved'] : []), mailboxesOf(person), channelsOf(person)].join('; ');

const channel = (value: unknown) => ({ verdi: value, sistOppdatert: 'P0D' });

const make = ({ reserved, deleted, mobile, email }: PersonOptions): object => ({
  reservert: reserved ?? false,
  ...(deleted === undefined ? {} : { status: 'SLETTET', slettetAarsak: deleted }),
  kontaktinformasjon: {
    ...(mobile === undefined ? {} : { mobiltelefonnummer: channel(mobile) }),
    ...(email === undefined ? {} : { epostadresse: channel(email) }),
  },
});

export const people = peopleOf<PersonJson>({
  digits: 11,
  header: ['person', 'status', 'who'],
  tell: (person) => {
    const { id, status = 'AKTIV', slettetAarsak, reservert = false, postkasser = [] } = person;
    return {
      cells: [id, [status, slettetAarsak].filter((part) => part !== undefined).join(' '), wordsOf(person)],
      free: status === 'AKTIV' && !reservert && postkasser.length === 0,
      reserved: reservert,
    };
  },
  freeMeans: 'that a mailbox can be made for',
  options: [
    { name: 'reserved', help: 'reserved against digital communication' },
    {
      name: 'deleted',
      value: '<cause>',
      help: `status SLETTET: ${deletionCauses.slice(0, -1).join(', ')} or ${deletionCauses.at(-1)}`,
    },
    { name: 'mobile', value: '<number>', help: 'mobile number' },
    { name: 'email', value: '<address>', help: 'e-mail address' },
  ],
  make,
});
