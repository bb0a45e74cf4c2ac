// Persons in SQLite: how the rules' state is loaded and saved, and the change log that every change is in.

import { type Change, createChange, type Repository } from '../../store/change.ts';
import { PAGE, paged } from '../../store/paged.ts';
import type { Sqlite } from '../../store/sqlite.ts';
import type { Channel, DeletionCause, Mailbox, Person } from './person.ts';

/** Whose state, and what the change log says of the change. */
export interface PersonKey {
  readonly id: string;
  /** The operation, or `emulator` for a change by the control interface or a seed. */
  readonly cause: string;
  readonly organisation?: string | undefined;
  /** The number of the exchange that asks for the change; undefined where none does. */
  readonly exchange?: number;
}

export interface NorwegianStore {
  readonly change: Change<PersonKey, Person>;
  load(id: string): Person | undefined;
  /** @param before the state as it was loaded; what did not change since is not written again */
  save(key: PersonKey, person: Person, before?: Person): void;
  /** In the order of the seed, later persons at the end; `after` is the id of the last one already seen. */
  list(limit?: number, after?: string): Person[];
  /** The same in pages; what changes between them may be seen or not, but nobody is seen twice. */
  pages(limit?: number, after?: string): Iterable<Person[]>;
  count(): number;
  remove(id: string): boolean;
  /** The last endringsnummer given out; 0 when none was. */
  lastChange(): number;
  /** Removes the first few hundred, and says how many; 0 when there are none. */
  removeSome(): number;
  /** Empties the register, the change log and its numbers included. */
  clear(): void;
}

interface PersonRow {
  id: string;
  status: 'AKTIV' | 'SLETTET';
  slettet_aarsak: DeletionCause | null;
  reservasjon: 'JA' | 'NEI';
  mobiltelefonnummer: string | null;
  mobil_oppdatert: number | null;
  mobil_verifisert: number | null;
  epostadresse: string | null;
  epost_oppdatert: number | null;
  epost_verifisert: number | null;
}

interface PlacedRow extends PersonRow {
  rekkefolge: number;
}

interface MailboxRow {
  leverandoer: string;
  adresse: string;
  sertifikat: Buffer | null;
  aktiv: 0 | 1;
}

const toChannel = (
  value: string | null,
  updated: number | null,
  verified: number | null,
): Channel | undefined =>
  value === null
    ? undefined
    : { value, ...(updated === null ? {} : { updated }), ...(verified === null ? {} : { verified }) };

const toMailbox = ({ leverandoer, adresse, sertifikat, aktiv }: MailboxRow): Mailbox => ({
  provider: leverandoer,
  address: adresse,
  ...(sertifikat ? { certificate: sertifikat } : {}),
  active: aktiv === 1,
});

const toPerson = (row: PersonRow, mailboxes: readonly MailboxRow[]): Person => {
  const mobile = toChannel(row.mobiltelefonnummer, row.mobil_oppdatert, row.mobil_verifisert);
  const email = toChannel(row.epostadresse, row.epost_oppdatert, row.epost_verifisert);
  return {
    id: row.id,
    status: row.status,
    ...(row.slettet_aarsak === null ? {} : { deletionCause: row.slettet_aarsak }),
    reserved: row.reservasjon === 'JA',
    ...(mobile ? { mobile } : {}),
    ...(email ? { email } : {}),
    mailboxes: mailboxes.map(toMailbox),
  };
};

const UPSERT = `
  INSERT INTO person VALUES (:id, :status, :slettet_aarsak, :reservasjon, :mobiltelefonnummer, :mobil_oppdatert,
    :mobil_verifisert, :epostadresse, :epost_oppdatert, :epost_verifisert,
    (SELECT coalesce(max(rekkefolge), 0) + 1 FROM person))
  ON CONFLICT (id) DO UPDATE SET status = :status, slettet_aarsak = :slettet_aarsak, reservasjon = :reservasjon,
    mobiltelefonnummer = :mobiltelefonnummer, mobil_oppdatert = :mobil_oppdatert, mobil_verifisert = :mobil_verifisert,
    epostadresse = :epostadresse, epost_oppdatert = :epost_oppdatert, epost_verifisert = :epost_verifisert`;

const UPSERT_MAILBOX = `
  INSERT INTO postkasse VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (person_id, leverandoer) DO UPDATE
  SET adresse = excluded.adresse, sertifikat = excluded.sertifikat, aktiv = excluded.aktiv`;

const sameBesidesMailboxes = (left: Person, right: Person): boolean =>
  left.status === right.status &&
  left.deletionCause === right.deletionCause &&
  left.reserved === right.reserved &&
  left.mobile === right.mobile &&
  left.email === right.email;

/** @param now the register hand of the clock, in milliseconds since 1970 */
export const createNorwegianStore = (database: Sqlite, now: () => number): NorwegianStore => {
  const selectPerson = database.prepare<[string], PersonRow>('SELECT * FROM person WHERE id = ?');
  const placeOf = database.prepare<[string]>('SELECT rekkefolge FROM person WHERE id = ?').pluck();
  const selectPage = database.prepare<[number, number], PlacedRow>(
    'SELECT * FROM person WHERE rekkefolge > ? ORDER BY rekkefolge LIMIT ?',
  );
  const selectMailboxes = database.prepare<[string], MailboxRow>(
    'SELECT leverandoer, adresse, sertifikat, aktiv FROM postkasse WHERE person_id = ? ORDER BY leverandoer',
  );
  const upsert = database.prepare<[PersonRow]>(UPSERT);
  const deleteMailbox = database.prepare('DELETE FROM postkasse WHERE person_id = ? AND leverandoer = ?');
  const upsertMailbox = database.prepare(UPSERT_MAILBOX);
  const insertChange = database.prepare(
    'INSERT INTO endring (person_id, tidspunkt, aarsak, organisasjon, utveksling) VALUES (?, ?, ?, ?, ?)',
  );
  const deletePerson = database.prepare<[string]>('DELETE FROM person WHERE id = ?');
  const deleteSome = database.prepare<[number]>(
    'DELETE FROM person WHERE id IN (SELECT id FROM person LIMIT ?)',
  );
  const count = database.prepare('SELECT count(*) FROM person').pluck();
  const lastChange = database.prepare('SELECT coalesce(max(endringsnummer), 0) FROM endring').pluck();

  const complete = (row: PersonRow): Person => toPerson(row, selectMailboxes.all(row.id));
  const load = (id: string): Person | undefined => {
    const row = selectPerson.get(id);
    return row ? complete(row) : undefined;
  };
  const savePerson = ({ id, status, deletionCause, reserved, mobile, email }: Person): void => {
    upsert.run({
      id,
      status,
      slettet_aarsak: deletionCause ?? null,
      reservasjon: reserved ? 'JA' : 'NEI',
      mobiltelefonnummer: mobile?.value ?? null,
      mobil_oppdatert: mobile?.updated ?? null,
      mobil_verifisert: mobile?.verified ?? null,
      epostadresse: email?.value ?? null,
      epost_oppdatert: email?.updated ?? null,
      epost_verifisert: email?.verified ?? null,
    });
  };
  // States are never changed in place, so what is the same object is the same row.
  const save = (key: PersonKey, person: Person, before?: Person): void => {
    const { id, mailboxes } = person;
    if (!before || !sameBesidesMailboxes(person, before)) savePerson(person);
    const old = before?.mailboxes ?? load(id)?.mailboxes ?? [];
    for (const { provider } of old) {
      if (!mailboxes.some((mailbox) => mailbox.provider === provider)) deleteMailbox.run(id, provider);
    }
    // The inactive ones first: at no moment are two of a person's mailboxes active.
    for (const mailbox of [...mailboxes].sort((left, right) => Number(left.active) - Number(right.active))) {
      if (old.includes(mailbox)) continue;
      const { provider, address, certificate, active } = mailbox;
      upsertMailbox.run(id, provider, address, certificate ?? null, active ? 1 : 0);
    }
    insertChange.run(id, now(), key.cause, key.organisation ?? null, key.exchange ?? null);
  };
  const repository: Repository<PersonKey, Person> = { load: ({ id }) => load(id), save };
  const pages = paged({
    placeOf: (id) => placeOf.get(id) as number | undefined,
    page: (place, most) =>
      selectPage.all(place, most).map((row) => ({ place: row.rekkefolge, value: complete(row) })),
  });
  return {
    change: createChange(database, repository),
    load,
    save,
    list: (limit, after) => [...pages.from(limit, after)].flat(),
    pages: pages.from,
    count: () => count.get() as number,
    remove: (id) => deletePerson.run(id).changes > 0,
    lastChange: () => lastChange.get() as number,
    removeSome: () => {
      pages.end();
      return deleteSome.run(PAGE).changes;
    },
    clear: () => {
      pages.end();
      database.exec('DELETE FROM person; DELETE FROM endring');
    },
  };
};
