// The layer rule: a folder of src imports only from layers above it in this list, and the two contracts never meet.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { countryList } from '../src/country-list.ts';
import { contractServices, contracts } from '../src/emulator/contracts.ts';

/** One folder after the other: each may import from those before it. */
const LAYERS = [
  'kernel',
  'identifiers',
  'xml',
  'soap',
  'pki',
  'journal',
  'schema',
  'security',
  'explain',
  'store',
  'http',
  'exchange',
  'contract',
  'pipeline.ts',
  'kontaktregister',
  'dfdg',
  'country-list.ts',
  'countries.ts',
  'client',
  'control',
  'console',
  'settings',
  'seeds',
  'emulator',
  'library',
  'index.ts',
  'commands',
  'main.ts',
];
/** The folders of the countries. */
const COUNTRIES = ['kontaktregister', 'dfdg'];
const SOURCE = resolve(import.meta.dirname, '../src');

const placeOf = (file: string): string => relative(SOURCE, file).split(sep)[0] ?? '';
const layerOf = (place: string): number => LAYERS.indexOf(place);

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join(SOURCE, name));

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path = '']) =>
    resolve(file, '..', path),
  );

describe('layers', () => {
  it('every file of src stands in a layer', () => {
    assert.ok(files.length > 50);
    assert.deepEqual(
      files.filter((file) => layerOf(placeOf(file)) < 0),
      [],
    );
  });

  it('imports go downwards only, and never from one contract to the other', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => {
          const [from, to] = [placeOf(file), placeOf(target)];
          if (from === to) return false;
          const countries = [from, to].every((place) => COUNTRIES.includes(place));
          return countries || layerOf(to) > layerOf(from);
        })
        .map((target) => `${relative(SOURCE, file)} imports ${relative(SOURCE, target)}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('no engine of the store is known outside it', () => {
    const knowing = files.filter(
      (file) =>
        placeOf(file) !== 'store' &&
        /better-sqlite3|'pg'|store\/(?:sqlite|postgres)\//.test(
          readFileSync(file, 'utf8')
            .match(/^import .*|from '.*/gm)
            ?.join('\n') ?? '',
        ),
    );
    assert.deepEqual(
      knowing.map((file) => relative(SOURCE, file)),
      [],
    );
  });

  it('the driver of a database is known in the folder of its engine alone', () => {
    const drivers = [/'better-sqlite3'/, /'pg'/].map((driver) =>
      files
        .filter((file) => driver.test(readFileSync(file, 'utf8')))
        .map((file) => relative(SOURCE, dirname(file)).replaceAll(sep, '/')),
    );
    assert.deepEqual(
      drivers.map((folders) => [...new Set(folders)]),
      [['store/sqlite'], ['store/postgres']],
    );
  });

  /** The files that go over all countries. */
  const general = files.filter((file) => ['emulator', 'control', 'commands'].includes(placeOf(file)));

  it('whoever composes, switches or prints knows no service by name', () => {
    const names = contractServices.map(({ name }) => name);
    assert.ok(names.length >= 3);
    const naming = general.flatMap((file) => {
      const code = readFileSync(file, 'utf8').replace(/^\s*(?:\/\/|\*|\/\*\*).*$/gm, '');
      const name = names.find((one) => new RegExp(`\\b${one}\\b`, 'i').test(code));
      return name === undefined ? [] : [`${relative(SOURCE, file)} names ${name}`];
    });
    assert.deepEqual(naming, []);
  });

  it('nor anything in the folder of a country', () => {
    const knowing = general.flatMap((file) =>
      importsOf(file)
        .filter((target) => COUNTRIES.includes(placeOf(target)))
        .map((target) => `${relative(SOURCE, file)} imports ${relative(SOURCE, target)}`),
    );
    assert.deepEqual(knowing, []);
  });

  it('the countries in few words are those of the contracts', () => {
    assert.deepEqual(
      countryList.map(({ country, name }) => ({ country, name })),
      contracts.map(({ country, name }) => ({ country, name })),
    );
  });

  it('no file is longer than 250 lines', () => {
    const long = files.flatMap((file) => {
      const lines = readFileSync(file, 'utf8').split('\n').length - 1;
      return lines > 250 ? [`${relative(SOURCE, file)}: ${lines}`] : [];
    });
    assert.deepEqual(long, []);
  });

  it('commands write through print.ts only, and the rest of the program through its log', () => {
    const writing = files.filter((file) =>
      /\bconsole\.|std(?:out|err)\b[^;]*\.write\b/.test(readFileSync(file, 'utf8')),
    );
    assert.deepEqual(
      writing.map((file) => relative(SOURCE, file)).sort(),
      ['commands/print.ts', 'kernel/log.ts'].map((name) => name.replaceAll('/', sep)),
    );
  });

  it('no file but the clock asks for the time', () => {
    const asking = files.filter((file) => /Date\.now\(\)|new Date\(\)/.test(readFileSync(file, 'utf8')));
    assert.deepEqual(
      asking.map((file) => relative(SOURCE, file)),
      [],
    );
  });

  it('what is loaded late is a file of our own: a bundled CommonJS library would come without its named exports', () => {
    const late = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?<!typeof )import\('([^.'][^']*)'\)/g)]
        .filter(([, name = '']) => !isBuiltin(name))
        .map(([, name]) => `${relative(SOURCE, file)} imports ${name}`),
    );
    assert.deepEqual(late, []);
  });
});
