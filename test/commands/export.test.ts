// kontakt export and GET /_emulator/export: a register as a file, in each format.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import { createProgress } from '../../src/commands/files/progress.ts';
import { createRowCounter } from '../../src/commands/files/rows.ts';
import { fileFormats } from '../../src/contract/person-files.ts';
import { countryList } from '../../src/country-list.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { schemaSet } from '../../src/schema/validate.ts';
import { newDirectory } from '../directories.ts';
import { ask, treeOf } from '../kontaktregister/oppslagstjeneste/calling.ts';
import { assertOneLine, kontakt } from '../program.ts';
import { control, startRunning } from '../running.ts';
import { synthetic } from '../seeds/synthetic.ts';

const schema = schemaSet('eksporttjeneste-14-05', {
  'eksporttjeneste-14-05.xsd': 'kontaktregister/eksporttjeneste-14-05.xsd',
  'oppslagstjeneste-metadata-14-05.xsd': 'kontaktregister/oppslagstjeneste-metadata-14-05.xsd',
});

const HOSTILE = '<b>"a&b",\n\'; é 😀\r\n';

describe('kontakt export', () => {
  let emulator: Emulator;
  let folder: string;
  const fetched = async (query: string) => {
    const response = await fetch(`${emulator.url}/_emulator/export${query}`);
    return { http: response.status, headers: response.headers, text: await response.text() };
  };
  const run = (...args: string[]) => kontakt(['export', ...args, '--url', emulator.url]);

  /** The root of a file that the schema takes. */
  const valid = <Result>(text: string, use: (root: XmlElement) => Result): Result => {
    const document = XmlDocument.fromString(text);
    try {
      assert.equal(schema.check(document.root), undefined);
      return use(document.root);
    } finally {
      document.dispose();
    }
  };

  before(async () => {
    emulator = await startRunning({ inMemory: true });
    folder = newDirectory();
  });
  afterEach(() => emulator.reset());
  after(() => emulator.close());

  it('gives the official export file: everybody, by its schema, with the number that the changes go on from', async () => {
    const { http, headers, text } = await fetched('');
    assert.equal(http, 200);
    assert.match(headers.get('content-type') ?? '', /^application\/xml/);
    const { persons } = (await control(emulator.url, 'GET', '/persons')).json as {
      persons: { id: string; status: string; reservert: boolean }[];
    };
    assert.equal(headers.get('kontakt-persons'), String(persons.length));
    valid(text, (root) => {
      assert.equal(root.name, 'Kontaktregister');
      assert.match(root.attr('eksportTidspunkt')?.value ?? '', /^20\d\d-.*Z$/);
      assert.equal(root.attr('senesteEndringsNummer')?.value, String(persons.length));
    });
    const rows = text.split('\n').slice(2, -2);
    assert.deepEqual(
      rows.map((row) => /personidentifikator>(\d{11})</.exec(row)?.[1]),
      persons.map(({ id }) => id),
    );
    for (const [place, { status, reservert }] of persons.entries()) {
      const row = rows[place] ?? '';
      if (status === 'SLETTET') assert.doesNotMatch(row, /Kontaktinformasjon|SikkerDigitalPost|X509/);
      if (status === 'SLETTET') assert.match(row, /beskrivelse/);
      if (reservert) assert.doesNotMatch(row, /SikkerDigitalPost|X509/);
    }
    assert.match(text, /<m:SikkerDigitalPostAdresse>/);
  });

  it('tells of each person as HentEndringer of 14-05 does', async () => {
    const { text } = await fetched('');
    const { payload } = await ask(
      emulator,
      'HentEndringer',
      { fraEndringsNummer: '0', informasjonsbehov: 'Person Kontaktinfo Sertifikat SikkerDigitalPost' },
      { version: '14-05' },
    );
    assert.ok(payload.children.length > 20);
    assert.deepEqual(
      valid(text, (root) => treeOf(root).children),
      payload.children,
    );
  });

  it('keeps whatever stands in a text, a person a line', async () => {
    const [id = ''] = synthetic(1);
    const person = {
      reservert: false,
      kontaktinformasjon: { epostadresse: { verdi: HOSTILE } },
      postkasser: [{ leverandoer: '984661185', adresse: HOSTILE, aktiv: true }],
    };
    await emulator.reset({ seed: 'none' });
    assert.equal((await control(emulator.url, 'PUT', `/persons/no/${id}`, person)).http, 200);
    for (const format of ['xml', 'ndjson', 'csv'] as const) {
      const { text } = await fetched(`?format=${format}`);
      const counter = createRowCounter(format);
      for (const byte of Buffer.from(text)) counter.count(Uint8Array.of(byte));
      assert.equal(counter.persons(), 1, format);
      if (format === 'xml')
        valid(text, (root) => {
          const address = root.get('m:Person/m:SikkerDigitalPostAdresse/m:postkasseadresse', {
            m: 'http://begrep.difi.no',
          });
          assert.equal(address?.content, HOSTILE);
        });
      if (format === 'ndjson') assert.equal(JSON.parse(text).postkasser[0].adresse, HOSTILE);
      if (format === 'csv')
        assert.ok(text.endsWith(`,984661185,"${HOSTILE.replaceAll('"', '""')}",\r\n`), text);
    }
  });

  it('writes files by their names, compressed too, and says what has no place in them', async () => {
    const named = async (file: string): Promise<Buffer> => {
      const { code, stdout, stderr } = await run(join(folder, file));
      assert.equal(code, 0, stderr);
      assert.equal(stdout, '');
      assert.match(
        stderr,
        /^Norway: \d+ persons in .*\nnot in this file: .*providers and relations; Danish citizens\n$/,
      );
      if (!file.includes('ndjson')) assert.match(stderr, /inactive mailboxes/);
      return readFileSync(join(folder, file));
    };
    const { persons } = (await control(emulator.url, 'GET', '/persons')).json as { persons: object[] };
    valid((await named('register.xml')).toString(), (root) => assert.equal(root.name, 'Kontaktregister'));
    const lines = gunzipSync(await named('register.ndjson.gz'))
      .toString()
      .trimEnd()
      .split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      persons,
    );
    const rows = (await named('register.csv')).toString().trimEnd().split('\r\n');
    assert.equal(rows.length, persons.length + 1);
    assert.match(rows[0] ?? '', /^personidentifikator,reservasjon,status,beskrivelse,mobiltelefonnummer,/);
    assert.equal(readdirSync(folder).filter((name) => name.endsWith('.part')).length, 0);
  });

  it('writes Danish citizens to standard output, and has no other file of them', async () => {
    const { code, stdout, stderr } = await run('--country', 'dk');
    assert.equal(code, 0, stderr);
    const { persons } = (await control(emulator.url, 'GET', '/persons?country=dk')).json as {
      persons: object[];
    };
    assert.deepEqual(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
      persons,
    );
    assert.match(stderr, /Norwegian persons/);
    assertOneLine(await run('--country', 'dk', '--format', 'csv'), /this register has ndjson files, no csv/);
    const { http, text } = await fetched('?country=dk&format=xml');
    assert.equal(http, 400);
    assert.match(text, /go out as ndjson, not xml/);
  });

  it('leaves nothing behind where it fails', async () => {
    assertOneLine(await run(join(folder, 'nowhere', 'x.xml')), /nowhere/);
    await control(emulator.url, 'POST', '/seed', { persons: synthetic(1500).map((id) => ({ id })) });
    const { text } = await emulator.control.countries.no.export('xml');
    const reading = async (): Promise<void> => {
      for await (const chunk of text) if (chunk.includes('<m:Person>')) await emulator.reset();
    };
    await assert.rejects(reading, /emptied while it was listed/);
    assert.equal(existsSync(join(folder, 'nowhere')), false);
  });

  it('the formats of each country in few words are those of its register', async () => {
    for (const { country, files } of countryList) {
      const register = emulator.control.countries[country as 'no' | 'dk'];
      for (const format of fileFormats) {
        const begun = register.export(format);
        if (files.some((one) => one.format === format)) assert.equal((await begun).format, format);
        else await assert.rejects(begun, /go out as/);
      }
      assert.equal((await register.export()).format, files[0].format);
    }
  });
});

describe('progress', () => {
  const drawn = (isTTY: boolean, columns: number, total: number | undefined): string => {
    let shown = '';
    let now = 0;
    const screen = {
      isTTY,
      columns,
      write: (text: string) => {
        shown += text;
      },
    };
    const progress = createProgress('persons', screen, () => now);
    for (const done of [0, 1, 500_000, 1_000_000]) {
      progress.show(done, total && done / total);
      now += 1000;
    }
    progress.end();
    return shown;
  };

  it('is a line that fits, on a terminal alone, and gone at the end', () => {
    assert.equal(drawn(false, 80, 1_000_000), '');
    const shown = drawn(true, 80, 1_000_000);
    assert.match(shown, /\[={15} {15}\] {2}50 % {2}500 000 persons {2}250 000 a second/);
    assert.ok(shown.endsWith('\r\u001b[K'));
    for (const line of drawn(true, 40, 1_000_000).split('\r\u001b[K')) assert.ok(line.length < 40, line);
    assert.ok(drawn(true, 80, undefined).includes('\r\u001b[K500 000 persons'));
  });
});
