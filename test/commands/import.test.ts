// kontakt import and kontakt seed --generate: files of any size, in a stream, and what is wrong in one by its line.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { importPersons } from '../../src/commands/files/import.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { reading } from '../../src/kontaktregister/files/reading.ts';
import { standardSeeds } from '../../src/seeds/content.ts';
import { newDirectory } from '../directories.ts';
import { assertOneLine, kontakt, kontaktReading } from '../program.ts';
import { control, startRunning } from '../running.ts';
import { synthetic } from '../seeds/synthetic.ts';

const MOMENT = '2026-01-31T12:00:00.000Z';
const HOSTILE = '<b>"a&b",\n\'; é 😀\r\n';

describe('kontakt import', () => {
  let emulator: Emulator;
  let folder: string;
  const at = (name: string): string => join(folder, name);
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(at(name), content);
    return at(name);
  };
  const take = (...args: string[]) => kontakt(['import', ...args, '--url', emulator.url]);
  const taken = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await take(...args);
    assert.equal(code, 0, stderr);
    return stdout;
  };
  const exported = async (format: string): Promise<string> => {
    const response = await fetch(`${emulator.url}/_emulator/export?format=${format}`);
    assert.equal(response.status, 200);
    return response.text();
  };
  const persons = async (): Promise<{ id: string; [member: string]: unknown }[]> => {
    const { http, json } = await control(emulator.url, 'GET', '/persons');
    assert.equal(http, 200, JSON.stringify(json));
    return (json as { persons: { id: string }[] }).persons;
  };
  const empty = async (): Promise<void> => {
    await emulator.reset({ seed: 'none' });
    await control(emulator.url, 'PUT', '/clock', { now: MOMENT });
  };

  before(async () => {
    emulator = await startRunning({ inMemory: true });
    folder = newDirectory();
  });
  beforeEach(empty);
  after(() => emulator.close());

  for (const format of ['xml', 'ndjson', 'csv'])
    it(`takes a file of ${format} that was exported, and exports the same again`, async () => {
      await emulator.reset();
      await control(emulator.url, 'PUT', '/clock', { now: MOMENT });
      await control(emulator.url, 'POST', '/seed', {
        persons: [
          {
            id: synthetic(1)[0],
            kontaktinformasjon: { epostadresse: { verdi: HOSTILE, sistVerifisert: '-P1M' } },
            postkasser: [{ leverandoer: '984661185', adresse: HOSTILE, aktiv: true, sertifikat: 'AAEC' }],
          },
        ],
      });
      const before = await exported(format);
      const file = write(`all.${format}`, before);
      await empty();
      assert.match(await taken(file), /^53 persons of .* are in the register\n$/);
      assert.equal(await exported(format), before);
    });

  it('takes compressed files, other delimiters, a byte order mark and standard input', async () => {
    const [first = '', second = '', third = ''] = synthetic(3);
    await taken(write('one.ndjson.gz', gzipSync(`${JSON.stringify({ id: first })}\n\n`)));
    await taken(
      write(
        'two.csv',
        `\ufeffpersonidentifikator;epostadresse;reservasjon\r\n${second};"a;""b""@example.no";JA`,
      ),
    );
    const xml = `<Kontaktregister xmlns="http://kontaktinfo.difi.no/xsd/eksporttjeneste/14-05" eksportTidspunkt="${MOMENT}" senesteEndringsNummer="1">
      <Person xmlns="http://begrep.difi.no"><personidentifikator>${third}</personidentifikator>
        <SikkerDigitalPostAdresse><postkasseadresse><![CDATA[a&b#12345]]></postkasseadresse><postkasseleverandoerAdresse>9908:984661185</postkasseleverandoerAdresse></SikkerDigitalPostAdresse>
      </Person></Kontaktregister>`;
    await taken(write('three.xml', xml));
    const all = await persons();
    assert.deepEqual(
      all.map(({ id }) => id),
      [first, second, third],
    );
    assert.equal(all[1]?.reservert, true);
    assert.deepEqual(all[1]?.kontaktinformasjon, { epostadresse: { verdi: 'a;"b"@example.no' } });
    assert.deepEqual(all[2]?.postkasser, [{ leverandoer: '984661185', adresse: 'a&b#12345', aktiv: true }]);
  });

  it('knows Danish citizens by their numbers', async () => {
    const [citizen] = standardSeeds().dk.citizens;
    await taken(write('dk.ndjson', JSON.stringify({ id: citizen?.id, doed: true })));
    const { json } = await control(emulator.url, 'GET', `/persons/dk/${citizen?.id}`);
    assert.equal((json as { doed: boolean }).doed, true);
  });

  it('keeps of a person who is there twice what the later line says', async () => {
    const [id] = synthetic(1);
    await taken(
      write('twice.ndjson', `${JSON.stringify({ id })}\n${JSON.stringify({ id, reservert: true })}\n`),
    );
    assert.deepEqual(
      (await persons()).map(({ reservert }) => reservert),
      [true],
    );
  });

  it('takes nothing of a batch in which a line is wrong, says how far it came, and goes on from there', async () => {
    const ids = synthetic(2500);
    const lines = ids.map((id) => JSON.stringify({ id }));
    lines[2099] = JSON.stringify({ id: ids[2099], reservert: 'ja' });
    const file = write('long.ndjson', `${lines.join('\n')}\n`);
    const ended = await take(file);
    assert.equal(ended.code, 1);
    assertOneLine(ended, /long\.ndjson: line 2100: reservert: expected true or false, found the text "ja"; /);
    assertOneLine(
      ended,
      /the first 2000 persons of the file are in the register, and none after them; go on with --skip 2000$/m,
    );
    assert.equal((await persons()).length, 2000);
    write('long.ndjson', ids.map((id) => JSON.stringify({ id })).join('\n'));
    assert.match(await taken(file, '--skip', '2000'), /^500 persons /);
    assert.deepEqual(
      (await persons()).map(({ id }) => id),
      ids,
    );
  });

  it('ends on Ctrl-C after the batch under way, says where, and goes on from there', async () => {
    const ids = synthetic(2500);
    const lines = ids.map((id) => `${JSON.stringify({ id })}\n`);
    const { child, ended } = kontaktReading(['import', '-', '--format', 'ndjson', '--url', emulator.url]);
    // Whoever has ended reads no more.
    child.stdin?.on('error', () => {});
    child.stdin?.write(lines.slice(0, 1500).join(''));
    // While a batch is being stored the list is refused: that is not the end of the first batch.
    const begun = async (): Promise<boolean> => {
      const { http, json } = await control(emulator.url, 'GET', '/persons?limit=1');
      return http === 200 && (json as { persons: unknown[] }).persons.length > 0;
    };
    while (!(await begun()) && child.exitCode === null) await pause(20);
    child.kill('SIGINT');
    child.stdin?.write(lines.slice(1500).join(''));
    const said = await ended;
    assert.equal(said.code, 1);
    assertOneLine(said, /^kontakt: -: stopped; the first [12]000 persons of the file are in the register/);
    const [, skip = ''] = /go on with --skip (\d+)$/m.exec(said.stderr) ?? [];
    assert.equal((await persons()).length, Number(skip));
    await taken(write('stopped.ndjson', lines.join('')), '--skip', skip);
    assert.deepEqual(
      (await persons()).map(({ id }) => id),
      ids,
    );
  });

  const [id = ''] = synthetic(1);
  const root = `<e:Kontaktregister xmlns:e="http://kontaktinfo.difi.no/xsd/eksporttjeneste/14-05" xmlns:m="http://begrep.difi.no" eksportTidspunkt="${MOMENT}" senesteEndringsNummer="1">\n`;
  const number = `<m:personidentifikator>${id}</m:personidentifikator>`;
  const person = (content: string): string => `${root}<m:Person>${content}</m:Person>\n</e:Kontaktregister>`;
  const WRONG: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['a.ndjson', '{"id":\n', /line 1: no JSON/],
    ['b.ndjson', `${JSON.stringify({ id })}\n{"id":"12345678901"}`, /line 2: id: not a personidentifikator/],
    ['c.ndjson', Buffer.from(`${JSON.stringify({ id })}\n\xff`, 'latin1'), /expected text in UTF-8/],
    ['d.ndjson', '[1]', /line 1: the whole: expected an object/],
    [
      'e.ndjson',
      JSON.stringify({ id, kontaktinformasjon: { epostadresse: { verdi: 'a\u0001@example.no' } } }),
      /line 1: kontaktinformasjon\.epostadresse\.verdi: it has a character that XML cannot hold/,
    ],
    ['a.csv', '', /line 1: the line with the names of the columns is missing/],
    [
      'b.csv',
      'personidentifikator,epostadrese\n',
      /line 1: no column "epostadrese"; did you mean epostadresse\?/,
    ],
    ['c.csv', 'status\n', /line 1: the column personidentifikator is missing/],
    [
      'd.csv',
      `personidentifikator,status\n${id}\n`,
      /line 2: expected 2 cells, as in the first line, found 1/,
    ],
    [
      'e.csv',
      `personidentifikator,reservasjon\n${id},ja\n`,
      /line 2: reservasjon: expected "JA" or "NEI", found "ja"/,
    ],
    [
      'f.csv',
      `personidentifikator,epostadresse\n\n${id},x\n`,
      /line 3: column epostadresse: expected at least 3 characters/,
    ],
    [
      'g.csv',
      `personidentifikator,epostadresse\n${id},"x@example.no\n`,
      /line 2: the quotation mark that opens a cell is never closed/,
    ],
    [
      'h.csv',
      `personidentifikator,epostadresse\n${id},x"y@example.no"\n`,
      /line 2: a cell with a quotation mark/,
    ],
    [
      'i.csv',
      `personidentifikator,X509Sertifikat\n${id},AAEC\n`,
      /line 2: column postkasseleverandoerAdresse: /,
    ],
    [
      'a.xml',
      '<Kontaktregister/>',
      /line 1: expected \{http:.*14-05\}Kontaktregister, found \{\}Kontaktregister/,
    ],
    ['b.xml', `${root}<m:Person>${number}</m:Person>\n`, /line 3: unclosed tag/],
    [
      'c.xml',
      person(`${number}<m:statuss>AKTIV</m:statuss>`),
      /line 2: Person: no element "statuss"; did you mean status\?/,
    ],
    [
      'd.xml',
      person(`${number}<m:status>IKKE_REGISTRERT</m:status>`),
      /line 2: status: expected "AKTIV" or "SLETTET"/,
    ],
    [
      'e.xml',
      person(`${number}<m:Kontaktinformasjon><m:Epostadresse>x</m:Epostadresse></m:Kontaktinformasjon>`),
      /line 2: Kontaktinformasjon\/Epostadresse: expected at least 3/,
    ],
    [
      'f.xml',
      person(
        `${number}<m:Kontaktinformasjon><m:Epostadresse sistOppdatert="-P1M">x@example.no</m:Epostadresse></m:Kontaktinformasjon>`,
      ),
      /line 2: Kontaktinformasjon\/Epostadresse\/@sistOppdatert: expected an instant/,
    ],
    [
      'g.xml',
      `<!DOCTYPE x [<!ENTITY e "x">]>${person(number)}`,
      /line 1: a document type declaration is not taken/,
    ],
    ['h.xml', person(`${number}${number}`), /line 2: personidentifikator is there twice/],
    ['i.xml', person(`${number}text`), /line 2: Person: no text "text" may stand here/],
    [
      'j.xml',
      `<?xml version="1.0" encoding="ISO-8859-1"?>${person(number)}`,
      /line 1: expected the encoding UTF-8, found "ISO-8859-1"/,
    ],
    [
      'k.xml',
      person('<status xmlns="urn:x">AKTIV</status>'),
      /status: expected the namespace http:\/\/begrep\.difi\.no, found "urn:x"/,
    ],
    ['l.txt', '', /its name does not tell what it is/],
    ['m.ndjson.gz', 'no gzip', /incorrect header check/],
  ];
  it('names what is wrong, and takes nothing of it', async () => {
    for (const [name, content, told] of WRONG) {
      const refused = importPersons({ url: emulator.url }, write(name, content), {});
      await assert.rejects(refused, ({ message }: Error) => {
        assert.match(message, told);
        return true;
      });
    }
    assert.deepEqual(await persons(), []);
    assertOneLine(
      await take(at('nowhere.csv')),
      /nowhere\.csv: there is no such file or folder; nothing of it was taken/,
    );
    assertOneLine(await take(at('a.csv'), '--skip', '-1'), /--skip is a whole number from 0/);
  });

  it('makes up persons of a seed number: the same each time, none of them one of the package’s own', async () => {
    const { generate = assert.fail('none'), check } = reading;
    const own = new Set(standardSeeds().no.persons.map((one) => one.id));
    const made = (count: number, seed: number) => [...generate(count, seed, own)] as { id: string }[];
    const all = made(5000, 7);
    assert.deepEqual(all, made(5000, 7));
    assert.notDeepEqual(all.slice(0, 10), made(10, 8));
    assert.equal(new Set(all.map((one) => one.id)).size, 5000);
    for (const one of all) {
      assert.deepEqual(check(one), { value: one });
      assert.match(one.id, /^\d\d[89]\d{8}$/);
      assert.ok(!own.has(one.id));
    }
    const { code, stdout, stderr } = await kontakt([
      'seed',
      '--generate',
      '1200',
      '--seed',
      '7',
      '--url',
      emulator.url,
    ]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^1200 made-up persons are in the register \(Norway, --seed 7\)\n$/);
    assert.deepEqual(
      (await persons()).map((one) => one.id),
      all.slice(0, 1200).map((one) => one.id),
    );
    const none = await kontakt(['seed', '--url', emulator.url]);
    assertOneLine(none, /seed takes a file, or --generate <number>/);
    assert.equal(none.code, 2);
  });
});
