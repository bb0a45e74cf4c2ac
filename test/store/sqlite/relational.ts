// Registers of 0.1.0, in each of the forms that it had, with something in every table.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { packagePath } from '../../../src/kernel/root.ts';
import { newDirectory } from '../../directories.ts';

const MIGRATIONS = packagePath('src/store/migrations');
const FILES = readdirSync(MIGRATIONS)
  .filter((name) => name.endsWith('.sql'))
  .sort();

/** How many forms there were; the last is that of 0.1.0 itself. */
export const FORMS = FILES.length;

export const NOW = 1_700_000_000_000;
/** How long a verification code lives, in milliseconds. */
export const LIFETIME = 900_000;
export const KARI = '12838410985';
export const OLA = '14897410894';
export const ANE = '3103555034';
export const BO = '1403455896';
export const CERTIFICATE = Buffer.from([0x30, 0x82, 0x00, 0xff, 0x80]);

const norwegian = (database: Database.Database, form: number): void => {
  const person = database.prepare('INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  // Ola is first in the lists, although Kari is first by number.
  person.run(KARI, 'AKTIV', null, 'NEI', '+4799999999', NOW, NOW + 1, 'kari@example.no', NOW + 2, null, 7);
  person.run(OLA, 'SLETTET', 'Død', 'JA', null, null, null, null, null, null, 3);
  const mailbox = database.prepare('INSERT INTO postkasse VALUES (?, ?, ?, ?, ?)');
  mailbox.run(KARI, '984661185', 'kari#1A2B', CERTIFICATE, 1);
  mailbox.run(KARI, '922020175', 'kari#"æ"', null, 0);
  const columns = form >= 5 ? ', utveksling' : '';
  const change = database.prepare(
    `INSERT INTO endring (endringsnummer, person_id, tidspunkt, aarsak, organisasjon${columns})
     VALUES (?, ?, ?, ?, ?${form >= 5 ? ', ?' : ''})`,
  );
  const exchange = (number: number | null) => (form >= 5 ? [number] : []);
  change.run(1, OLA, NOW, 'emulator', null, ...exchange(null));
  change.run(2, KARI, NOW + 1, 'emulator', null, ...exchange(null));
  change.run(3, KARI, NOW + 2, 'OpprettPostkasse', '984661185', ...exchange(17));
  database.exec(`
    INSERT INTO leverandoer VALUES ('984661185', 'Digipost (test)'), ('922020175', 'e-Boks (test)');
    INSERT INTO tilgang VALUES ('984661185', '984661185', 'ENDRINGSTJENESTEN'),
      ('922020175', '991825827', 'OPPSLAGSTJENESTEN');
    INSERT INTO seeded VALUES ('kontaktregister', ${NOW})`);
};

const citizens = (database: Database.Database, form: number): void => {
  database.exec(`
    INSERT INTO borger VALUES ('${ANE}', '${BO}', 'CV-1', 0, '101', '0101', '33', '["cv","møde"]', 2),
      ('2512484916', NULL, NULL, 1, NULL, NULL, NULL, '[]', 1)`);
  const attempts = form >= 4 ? '' : ', kode_forsoeg';
  const contact = database.prepare(
    `INSERT INTO kontaktdata (borger_id, type, vaerdi, soegeform, status, kode, kode_udloeber${attempts})
     VALUES (?, ?, ?, ?, ?, ?, ?${form >= 4 ? '' : ', ?'})`,
  );
  const tried = (number: number | null) => (form >= 4 ? [] : [number]);
  contact.run(ANE, 1, '34412304', '+4534412304', 1, '123456', NOW + LIFETIME, ...tried(2));
  contact.run(ANE, 2, '32123404', '+4532123404', 3, '654321', NOW + LIFETIME, ...tried(0));
  contact.run(ANE, 3, 'Ane@Example.dk', 'ane@example.dk', 2, null, null, ...tried(null));
  if (form >= 4)
    database.exec(`INSERT INTO kodeforsoeg VALUES ('${ANE}', 1, '[${NOW},${NOW}]', '[${NOW}]'),
      ('${ANE}', 2, '[]', '[${NOW}]')`);
};

const danishLogs = (database: Database.Database, form: number): void => {
  database.exec(`
    INSERT INTO organisation VALUES (1, '101', 'Kommune', '90000016'), (2, '33', 'Kasse', '90000024');
    INSERT INTO databehandler VALUES ('90000016', 2, '33');
    INSERT INTO udbakke VALUES (3, ${NOW}, '${ANE}', 'sms', '+4534412304', 'verification', '123456', 'Koden er 123456'),
      (4, ${NOW + 1}, '${ANE}', 'email', 'ane@example.dk', 'reminder', NULL, 'Mødet er i morgen');
    INSERT INTO seeded VALUES ('dfdg', ${NOW + 1})`);
  const access = database.prepare(
    `INSERT INTO adgangslog (id, reference, tidspunkt, tjeneste, operation, borger, cvr, organisation_type,
       organisation_kode, bruger_type, bruger, resultat${form >= 3 ? ', paastaaet' : ''}${form >= 5 ? ', udveksling' : ''})
     VALUES (?, ?, ?, 'rest', 'Get', ?, '90000016', 1, '101', 3, 'u', ?${form >= 3 ? ', ?' : ''}${form >= 5 ? ', ?' : ''})`,
  );
  const more = (claimed: 0 | 1) => [...(form >= 3 ? [claimed] : []), ...(form >= 5 ? [19] : [])];
  access.run(5, 'reference 5', NOW, ANE, 'OK', ...more(0));
  access.run(6, 'reference 6', NOW + 1, null, '1013', ...more(1));
  if (form >= 3)
    database.exec(`UPDATE adgangslog SET operation = NULL, cvr = NULL, organisation_type = NULL,
      organisation_kode = NULL, bruger_type = NULL, bruger = NULL WHERE id = 6`);
  const request = database.prepare('INSERT INTO anmodning (certifikat, id, tidspunkt) VALUES (?, ?, ?)');
  request.run('a', 'used', NOW);
  request.run('b', 'long ago', NOW - 25 * 3_600_000);
};

/**
 * Makes a data directory with a register of an earlier form.
 *
 * @param form how many of the upgrades of 0.1.0 it has had
 */
export const relationalDirectory = (form: number): string => {
  const directory = newDirectory();
  const database = new Database(join(directory, 'register.db'));
  for (const name of FILES.slice(0, form)) database.exec(readFileSync(join(MIGRATIONS, name), 'utf8'));
  norwegian(database, form);
  if (form >= 2) {
    citizens(database, form);
    danishLogs(database, form);
  }
  if (form >= 5) database.exec("INSERT INTO teller VALUES ('exchange', 2000)");
  database.pragma('application_id = 0x4b4f4e54');
  database.pragma(`user_version = ${form}`);
  database.close();
  return directory;
};
