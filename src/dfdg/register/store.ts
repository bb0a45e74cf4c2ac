// Citizens in SQLite: how the rules' state is loaded and saved, with the messages that a change sends.

import { type Apply, type Change, createApply, createChange, type Repository } from '../../store/change.ts';
import { PAGE, paged } from '../../store/paged.ts';
import { orDataDirectoryError } from '../../store/refusals.ts';
import type { Sqlite } from '../../store/sqlite.ts';
import type { Target } from '../rule.ts';
import {
  type Citizen,
  type CodeAttempts,
  type ContactData,
  type ContactStatus,
  type ContactType,
  comparable,
  type OutgoingMessage,
} from './citizen.ts';

export interface DanishStore {
  readonly change: Change<Target, Citizen>;
  readonly apply: Apply<Target, Citizen>;
  load(target: Target): Citizen | undefined;
  save(target: Target, citizen: Citizen): void;
  /** @param value in the form that `comparable` returns */
  find(type: ContactType, value: string): Citizen[];
  /** In the order of the seed, later citizens at the end; `after` is the id of the last one already seen. */
  list(limit?: number, after?: string): Citizen[];
  /** The same in pages; what changes between them may be seen or not, but nobody is seen twice. */
  pages(limit?: number, after?: string): Iterable<Citizen[]>;
  count(): number;
  remove(id: string): boolean;
  /** Removes the first few hundred, and says how many; 0 when there are none. */
  removeSome(): number;
  clear(): void;
}

interface CitizenRow {
  id: string;
  tidligere_id: string | null;
  cv_nummer: string | null;
  doed: 0 | 1;
  kommune: string | null;
  jobcenter: string | null;
  akasse: string | null;
  huskeservice: string;
}

interface PlacedRow extends CitizenRow {
  raekkefoelge: number;
}

interface ContactRow {
  type: ContactType;
  vaerdi: string;
  status: ContactStatus;
  kode: string | null;
  kode_udloeber: number | null;
}

interface AttemptsRow {
  type: ContactType;
  forkerte: string;
  sendte: string;
}

const toContact = ({ type, vaerdi, status, kode, kode_udloeber }: ContactRow): ContactData => ({
  type,
  value: vaerdi,
  status,
  ...(kode === null ? {} : { pending: { code: kode, expires: kode_udloeber ?? 0 } }),
});

const toAttempts = ({ type, forkerte, sendte }: AttemptsRow): CodeAttempts => ({
  type,
  wrong: JSON.parse(forkerte) as number[],
  sent: JSON.parse(sendte) as number[],
});

const toCitizen = (
  row: CitizenRow,
  contacts: readonly ContactRow[],
  attempts: readonly AttemptsRow[],
): Citizen => ({
  id: row.id,
  dead: row.doed === 1,
  ...(row.cv_nummer === null ? {} : { cvCustomerIdentifier: row.cv_nummer }),
  ...(row.tidligere_id === null ? {} : { formerId: row.tidligere_id }),
  ...(row.kommune === null ? {} : { municipality: row.kommune }),
  ...(row.jobcenter === null ? {} : { jobCentre: row.jobcenter }),
  ...(row.akasse === null ? {} : { unemploymentFund: row.akasse }),
  contactData: contacts.map(toContact),
  attempts: attempts.map(toAttempts),
  subscriptions: JSON.parse(row.huskeservice) as string[],
});

const UPSERT = `
  INSERT INTO borger VALUES (:id, :tidligere_id, :cv_nummer, :doed, :kommune, :jobcenter, :akasse, :huskeservice,
    (SELECT coalesce(max(raekkefoelge), 0) + 1 FROM borger))
  ON CONFLICT (id) DO UPDATE SET tidligere_id = :tidligere_id, cv_nummer = :cv_nummer, doed = :doed,
    kommune = :kommune, jobcenter = :jobcenter, akasse = :akasse, huskeservice = :huskeservice`;

const UPSERT_CONTACT = `
  INSERT INTO kontaktdata VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (borger_id, type) DO UPDATE SET vaerdi = excluded.vaerdi, soegeform = excluded.soegeform,
    status = excluded.status, kode = excluded.kode, kode_udloeber = excluded.kode_udloeber`;

const searchForm = (type: ContactType, value: string): string => comparable(type, value) ?? value;

/** Gives search forms to rows that an upgrade took them from, because they are made in another way now. */
const fillSearchForms = (database: Sqlite): void => {
  database.function('soegeform_af', { deterministic: true }, (type, value) =>
    searchForm(type as ContactType, String(value)),
  );
  orDataDirectoryError(() =>
    database.exec(
      "UPDATE kontaktdata SET soegeform = soegeform_af(type, vaerdi) WHERE type IN (1, 2, 3) AND soegeform = ''",
    ),
  );
};

const sameBesidesContacts = (left: Citizen, right: Citizen): boolean =>
  left.dead === right.dead &&
  left.cvCustomerIdentifier === right.cvCustomerIdentifier &&
  left.formerId === right.formerId &&
  left.municipality === right.municipality &&
  left.jobCentre === right.jobCentre &&
  left.unemploymentFund === right.unemploymentFund &&
  left.subscriptions === right.subscriptions;

/**
 * @param send puts a message into the outbox
 * @throws DataDirectoryError when the disk refuses what an upgrade has to write
 */
export const createDanishStore = (
  database: Sqlite,
  send: (citizen: string, message: OutgoingMessage) => void,
): DanishStore => {
  fillSearchForms(database);
  const byId = database.prepare<[string], CitizenRow>('SELECT * FROM borger WHERE id = ?');
  const byFormerId = database.prepare<[string], CitizenRow>('SELECT * FROM borger WHERE tidligere_id = ?');
  const byCv = database.prepare<[string], CitizenRow>('SELECT * FROM borger WHERE cv_nummer = ?');
  const byContact = database.prepare<[number, string], CitizenRow>(
    `SELECT borger.* FROM kontaktdata JOIN borger ON borger.id = borger_id
     WHERE type = ? AND soegeform = ? ORDER BY raekkefoelge`,
  );
  const placeOf = database.prepare<[string]>('SELECT raekkefoelge FROM borger WHERE id = ?').pluck();
  const selectPage = database.prepare<[number, number], PlacedRow>(
    'SELECT * FROM borger WHERE raekkefoelge > ? ORDER BY raekkefoelge LIMIT ?',
  );
  const contacts = database.prepare<[string], ContactRow>(
    'SELECT * FROM kontaktdata WHERE borger_id = ? ORDER BY type',
  );
  const attempts = database.prepare<[string], AttemptsRow>(
    'SELECT * FROM kodeforsoeg WHERE borger_id = ? ORDER BY type',
  );
  const upsert = database.prepare(UPSERT);
  const upsertContact = database.prepare(UPSERT_CONTACT);
  const deleteContact = database.prepare('DELETE FROM kontaktdata WHERE borger_id = ? AND type = ?');
  const putAttempts = database.prepare('INSERT OR REPLACE INTO kodeforsoeg VALUES (?, ?, ?, ?)');
  const deleteAttempts = database.prepare('DELETE FROM kodeforsoeg WHERE borger_id = ? AND type = ?');
  const count = database.prepare('SELECT count(*) FROM borger').pluck();
  const remove = database.prepare('DELETE FROM borger WHERE id = ?');
  const deleteSome = database.prepare<[number]>(
    'DELETE FROM borger WHERE id IN (SELECT id FROM borger LIMIT ?)',
  );

  const complete = (row: CitizenRow): Citizen => toCitizen(row, contacts.all(row.id), attempts.all(row.id));
  const load = ({ cpr, cv }: Target): Citizen | undefined => {
    const row = cpr !== undefined ? (byId.get(cpr) ?? byFormerId.get(cpr)) : byCv.get(cv ?? '');
    return row ? complete(row) : undefined;
  };
  const saveCitizen = (citizen: Citizen): void => {
    upsert.run({
      id: citizen.id,
      tidligere_id: citizen.formerId ?? null,
      cv_nummer: citizen.cvCustomerIdentifier ?? null,
      doed: citizen.dead ? 1 : 0,
      kommune: citizen.municipality ?? null,
      jobcenter: citizen.jobCentre ?? null,
      akasse: citizen.unemploymentFund ?? null,
      huskeservice: JSON.stringify(citizen.subscriptions),
    });
  };
  const saveContacts = ({ id, contactData }: Citizen, old: readonly ContactData[]): void => {
    for (const { type } of old) {
      if (!contactData.some((one) => one.type === type)) deleteContact.run(id, type);
    }
    for (const one of contactData) {
      if (old.includes(one)) continue;
      const { type, value, status, pending } = one;
      const form = searchForm(type, value);
      upsertContact.run(id, type, value, form, status, pending?.code ?? null, pending?.expires ?? null);
    }
  };
  const saveAttempts = (citizen: Citizen, old: readonly CodeAttempts[]): void => {
    for (const { type } of old) {
      if (!citizen.attempts.some((one) => one.type === type)) deleteAttempts.run(citizen.id, type);
    }
    for (const one of citizen.attempts) {
      if (old.includes(one)) continue;
      putAttempts.run(citizen.id, one.type, JSON.stringify(one.wrong), JSON.stringify(one.sent));
    }
  };
  // States are never changed in place, so what is the same object is the same row.
  const save = (_target: Target, citizen: Citizen, before?: Citizen): void => {
    const { id, outgoing = [] } = citizen;
    // A former number finds another citizen than the one that is saved under it.
    const same = before?.id === id ? before : undefined;
    if (!same || !sameBesidesContacts(citizen, same)) saveCitizen(citizen);
    saveContacts(citizen, same?.contactData ?? contacts.all(id).map(toContact));
    saveAttempts(citizen, same?.attempts ?? attempts.all(id).map(toAttempts));
    for (const message of outgoing) send(id, message);
  };
  const repository: Repository<Target, Citizen> = { load, save };
  const pages = paged({
    placeOf: (id) => placeOf.get(id) as number | undefined,
    page: (place, most) =>
      selectPage.all(place, most).map((row) => ({ place: row.raekkefoelge, value: complete(row) })),
  });
  return {
    change: createChange(database, repository),
    apply: createApply(repository),
    load,
    save,
    find: (type, value) => byContact.all(type, value).map(complete),
    list: (limit, after) => [...pages.from(limit, after)].flat(),
    pages: pages.from,
    count: () => count.get() as number,
    remove: (id) => remove.run(id).changes > 0,
    removeSome: () => {
      pages.end();
      return deleteSome.run(PAGE).changes;
    },
    clear: () => {
      pages.end();
      database.exec('DELETE FROM borger');
    },
  };
};
