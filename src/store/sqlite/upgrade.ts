// Registers of 0.1.0 had tables and columns for everything that is known of a person: each becomes one text here.
//
// The one place that knows those tables. The texts are what the contracts' own collections, logs and values read.

import type { LogTable, OnceTable, StatesTable, Table } from '../engine.ts';
import { keyOf } from '../tables.ts';
import type { Sqlite } from './driver.ts';
import { logOf, onceOf, statesOf } from './statements.ts';

const OLD = [
  'postkasse',
  'person',
  'endring',
  'leverandoer',
  'tilgang',
  'kontaktdata',
  'kodeforsoeg',
  'borger',
  'organisation',
  'databehandler',
  'udbakke',
  'adgangslog',
  'anmodning',
  'seeded',
  'teller',
];

const DAY = 24 * 3_600_000;

const PERSON = `
  SELECT json_object('id', id, 'status', status, 'deletionCause', slettet_aarsak,
    'reserved', json(iif(reservasjon = 'JA', 'true', 'false')),
    'mobile', json(iif(mobiltelefonnummer IS NULL, 'null',
      json_object('value', mobiltelefonnummer, 'updated', mobil_oppdatert, 'verified', mobil_verifisert))),
    'email', json(iif(epostadresse IS NULL, 'null',
      json_object('value', epostadresse, 'updated', epost_oppdatert, 'verified', epost_verifisert))),
    'mailboxes', json((SELECT json_group_array(json_object('provider', leverandoer, 'address', adresse,
        'certificate', base64_of(sertifikat), 'active', json(iif(aktiv, 'true', 'false'))))
      FROM (SELECT * FROM postkasse WHERE person_id = id ORDER BY leverandoer)))) AS body,
    changed
  FROM person
    LEFT JOIN (SELECT person_id, max(endringsnummer) AS changed FROM endring GROUP BY person_id) ON person_id = id
  ORDER BY rekkefolge`;

const CITIZEN = `
  SELECT json_object('id', id, 'formerId', tidligere_id, 'cvCustomerIdentifier', cv_nummer,
    'dead', json(iif(doed, 'true', 'false')), 'municipality', kommune, 'jobCentre', jobcenter,
    'unemploymentFund', akasse, 'subscriptions', json(huskeservice),
    'contactData', json((SELECT json_group_array(json_object('type', type, 'value', vaerdi, 'status', status,
        'pending', json(iif(kode IS NULL, 'null', json_object('code', kode, 'expires', coalesce(kode_udloeber, 0))))))
      FROM (SELECT * FROM kontaktdata WHERE borger_id = id ORDER BY type))),
    'attempts', json((SELECT json_group_array(json_object('type', type, 'wrong', json(forkerte), 'sent', json(sendte)))
      FROM (SELECT * FROM kodeforsoeg WHERE borger_id = id ORDER BY type)))) AS body,
    NULL AS changed
  FROM borger ORDER BY raekkefoelge`;

// Of a change, what is not known is not there; a merge patch (RFC 7396) leaves members out that are null.
const CHANGES = `
  SELECT endringsnummer AS number, tidspunkt AS at, json_patch('{}', json_object('person', person_id,
    'cause', aarsak, 'organisation', organisasjon, 'exchange', utveksling)) AS body FROM endring ORDER BY number`;

const OUTBOX = `
  SELECT id AS number, tidspunkt AS at, json_object('citizen', borger_id, 'channel', kanal, 'address', adresse,
    'kind', slags, 'code', kode, 'text', tekst) AS body FROM udbakke ORDER BY number`;

const ACCESSES = `
  SELECT id AS number, tidspunkt AS at, json_object('reference', reference, 'exchange', udveksling,
    'service', tjeneste, 'operation', operation, 'citizen', borger, 'cvr', cvr,
    'organisationType', organisation_type, 'organisationCode', organisation_kode, 'userType', bruger_type,
    'user', bruger, 'claimed', json(iif(paastaaet, 'true', 'false')), 'result', resultat) AS body
  FROM adgangslog ORDER BY number`;

const VALUES = `
  SELECT 'no_organisations' AS name, json_object(
    'providers', json((SELECT json_group_array(json_object('orgnr', orgnr, 'navn', navn))
      FROM (SELECT * FROM leverandoer ORDER BY orgnr))),
    'relations', json((SELECT json_group_array(json_object('organisation', organisasjon, 'onBehalfOf', paa_vegne_av,
      'service', tjeneste)) FROM (SELECT * FROM tilgang ORDER BY 1, 2, 3)))) AS body
  UNION ALL SELECT 'dk_organisations', json_object(
    'organisations', json((SELECT json_group_array(json_object('type', type, 'code', kode, 'name', navn, 'cvr', cvr))
      FROM (SELECT * FROM organisation ORDER BY type, kode))),
    'relations', json((SELECT json_group_array(json_object('cvr', cvr, 'type', type, 'code', kode))
      FROM (SELECT * FROM databehandler ORDER BY 1, 2, 3))))
  UNION ALL SELECT iif(contract = 'dfdg', 'dk_seeded', 'no_seeded'), json(tidspunkt) FROM seeded`;

/** Members that are null are members that are not there. */
const withoutNulls = (body: string): string =>
  JSON.stringify(JSON.parse(body, (_name, member: unknown) => (member === null ? undefined : member)));

const named = (tables: readonly Table[], name: string): Table => {
  const found = tables.find((table) => table.name === name);
  if (!found) throw new Error(`nothing takes over what a register of 0.1.0 has for ${name}`);
  return found;
};

const copyStates = (database: Sqlite, table: StatesTable, sql: string): void => {
  const states = statesOf(database, table);
  const rows = database.prepare<[], { body: string; changed: number | null }>(sql).all();
  for (const { body, changed } of rows) states.save(table.renew(withoutNulls(body)), changed);
};

const copyLog = (database: Sqlite, table: LogTable, sql: string): void => {
  const log = logOf(database, table);
  const rows = database.prepare<[], { number: number; at: number; body: string }>(sql).all();
  for (const { number, at, body } of rows) log.append(number, at, body);
  const last = rows.at(-1)?.number ?? 0;
  database.prepare<[string, number]>('INSERT OR REPLACE INTO counter VALUES (?, ?)').run(table.name, last);
};

const copyRequestIds = (database: Sqlite, table: OnceTable): void => {
  const keys = onceOf(database, table);
  const rows = database
    .prepare<[], { certifikat: string; id: string; tidspunkt: number }>(
      'SELECT * FROM anmodning ORDER BY nummer',
    )
    .all();
  for (const { certifikat, id, tidspunkt } of rows)
    keys.take(keyOf(certifikat, id), tidspunkt + DAY, tidspunkt);
};

/** Copies everything from the tables of 0.1.0 into the tables of today, and removes those; within a transaction. */
export const copyRelational = (database: Sqlite, tables: readonly Table[]): void => {
  database.function('base64_of', { deterministic: true }, (bytes) =>
    Buffer.isBuffer(bytes) ? bytes.toString('base64') : null,
  );
  const copy = (name: string, sql: string): void => {
    const table = named(tables, name);
    if (table.kind === 'states') copyStates(database, table, sql);
    else if (table.kind === 'log') copyLog(database, table, sql);
  };
  copy('no_person', PERSON);
  copy('no_change', CHANGES);
  copy('dk_citizen', CITIZEN);
  copy('dk_outbox', OUTBOX);
  copy('dk_access', ACCESSES);
  const requests = named(tables, 'dk_request');
  if (requests.kind === 'once') copyRequestIds(database, requests);
  database.exec(`INSERT INTO value SELECT name, 1, body FROM (${VALUES})`);
  database.exec('INSERT OR REPLACE INTO counter SELECT navn, verdi FROM teller');
  for (const name of OLD) database.exec(`DROP TABLE ${name}`);
};
