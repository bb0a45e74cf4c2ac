// A person in JSON, by the rules of HentPersoner with everything asked for.

import { type Delivered, lookedUp } from '../oppslagstjeneste/delivery.ts';
import { type Need, needs } from '../oppslagstjeneste/version.ts';
import type { Channel, Person } from '../register/person.ts';
import type { PersonJson } from './routes.ts';

const ALL: ReadonlySet<Need> = new Set(needs);

const at = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : new Date(instant).toISOString();

const contactOf = ({ contact }: Delivered): PersonJson['kontaktinformasjon'] => {
  if (!contact) return undefined;
  const of = (channel: Channel | undefined) => [channel?.value, at(channel?.updated), at(channel?.verified)];
  const [epostadresse, epostadresse_oppdatert, epostadresse_sist_verifisert] = of(contact.email);
  const [mobiltelefonnummer, mobiltelefonnummer_oppdatert, mobiltelefonnummer_sist_verifisert] = of(
    contact.mobile,
  );
  return {
    epostadresse,
    epostadresse_oppdatert,
    epostadresse_sist_verifisert,
    mobiltelefonnummer,
    mobiltelefonnummer_oppdatert,
    mobiltelefonnummer_sist_verifisert,
  };
};

const jsonOf = (found: Delivered): PersonJson => {
  const { id, reserved, status, notifiable, mailbox, certificate } = found;
  return {
    personidentifikator: id,
    reservasjon: reserved === undefined ? undefined : reserved ? 'JA' : 'NEI',
    status,
    varslingsstatus: notifiable ? 'KAN_VARSLES' : 'KAN_IKKE_VARSLES',
    kontaktinformasjon: contactOf(found),
    digital_post: mailbox && {
      postkasseadresse: mailbox.address,
      postkasseleverandoeradresse: mailbox.provider,
    },
    sertifikat: certificate?.toString('base64'),
  };
};

/**
 * What one request is answered of each person.
 *
 * @param now the register hand of the clock, in milliseconds since 1970
 */
export const personJson = (now: number): ((id: string, person: Person | undefined) => PersonJson) => {
  const deliver = lookedUp(ALL, now);
  return (id, person) => jsonOf(deliver(id, person));
};
