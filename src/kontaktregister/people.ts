// Norwegian persons on the command line, told from what is registered, since seeds' own words are not kept.

import { type Mark, type PersonOptions, peopleOf } from '../contract/people.ts';
import type { PersonJson } from './register/json.ts';
import { freshSince, isFresh } from './register/lifetime.ts';
import { deletionCauses } from './register/person.ts';

const channelsOf = ({
  kontaktinformasjon: { mobiltelefonnummer, epostadresse } = {},
}: PersonJson): string => {
  if (mobiltelefonnummer && epostadresse) return 'mobile and e-mail';
  if (mobiltelefonnummer) return 'mobile only';
  return epostadresse ? 'e-mail only' : 'no mobile, no e-mail';
};

type ChannelJson = NonNullable<NonNullable<PersonJson['kontaktinformasjon']>['epostadresse']>;

const instantOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text);

const channelMark = (name: string, { sistOppdatert, sistVerifisert }: ChannelJson, now: number): Mark => {
  const updated = instantOf(sistOppdatert);
  const verified = instantOf(sistVerifisert);
  if (updated === undefined && verified === undefined)
    return { standing: 'warned', text: `${name} without a date` };
  if (!isFresh({ updated, verified }, freshSince(now)))
    return { standing: 'warned', text: `${name} older than 18 months` };
  return verified === undefined
    ? { standing: 'plain', text: `${name} not verified` }
    : { standing: 'good', text: `${name} verified` };
};

const contactMarks = (
  { kontaktinformasjon: { mobiltelefonnummer, epostadresse } = {} }: PersonJson,
  now: number,
): readonly Mark[] => {
  if (!mobiltelefonnummer && !epostadresse) return [{ standing: 'plain', text: 'no mobile, no e-mail' }];
  return [
    ...(mobiltelefonnummer ? [channelMark('mobile', mobiltelefonnummer, now)] : []),
    ...(epostadresse ? [channelMark('e-mail', epostadresse, now)] : []),
  ];
};

const mailboxMarks = ({ postkasser = [] }: PersonJson): readonly Mark[] => {
  if (postkasser.length === 0) return [{ standing: 'plain', text: 'no mailbox' }];
  return postkasser.map(({ leverandoer, aktiv }) =>
    aktiv
      ? { standing: 'good', text: `active mailbox with ${leverandoer}` }
      : { standing: 'plain', text: `inactive mailbox with ${leverandoer}` },
  );
};

const wordsOf = (person: PersonJson): string =>
  [
    ...(person.reservert ? ['reserved'] : []),
    mailboxMarks(person)
      .map(({ text }) => text)
      .join(', '),
    channelsOf(person),
  ].join('; ');

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
  marks: (person, now) => [
    ...(person.status === 'SLETTET' ? [{ standing: 'wrong', text: 'deleted' } as const] : []),
    ...(person.reservert ? [{ standing: 'warned', text: 'reserved' } as const] : []),
    ...mailboxMarks(person),
    ...contactMarks(person, now),
  ],
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
