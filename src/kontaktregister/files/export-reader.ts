// Reads the export file of the register, person by person. Elements are known by name; their order is not judged.

import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { LONGEST } from '../../contract/lines.ts';
import type { Found, PersonReader } from '../../contract/person-files.ts';
import { brief, shortened } from '../../kernel/brief.ts';
import { meantBy } from '../../kernel/nearest.ts';
import { xsi } from '../../xml/names.ts';
import { metadata } from '../oppslagstjeneste/version.ts';
import { columnOf } from './columns.ts';
import { jsonOf } from './delivered-json.ts';
import { exported, ROOT } from './export-file.ts';

/** What may stand in what. */
const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  [ROOT]: ['Person'],
  Person: [
    'personidentifikator',
    'reservasjon',
    'status',
    'beskrivelse',
    'Kontaktinformasjon',
    'SikkerDigitalPostAdresse',
    'X509Sertifikat',
  ],
  Kontaktinformasjon: ['Mobiltelefonnummer', 'Epostadresse'],
  SikkerDigitalPostAdresse: ['postkasseadresse', 'postkasseleverandoerAdresse'],
};

/** Elements whose columns are written otherwise. */
const COLUMNS: Readonly<Record<string, string>> = {
  Mobiltelefonnummer: 'mobiltelefonnummer',
  Epostadresse: 'epostadresse',
};
const TIMES = ['sistOppdatert', 'sistVerifisert'];

const columnIn = (element: string): string => COLUMNS[element] ?? element;
const isLeaf = (element: string): boolean => !Object.hasOwn(CHILDREN, element);

/** The path of a column within a person. */
const pathOf = (column: string): string => {
  const [name = '', time] = column.split('_');
  const element = Object.entries(COLUMNS).find(([, one]) => one === name)?.[0] ?? name;
  const parent = Object.entries(CHILDREN).find(([, children]) => children.includes(element))?.[0] ?? '';
  return [parent === 'Person' ? '' : `${parent}/`, element, time === undefined ? '' : `/@${time}`].join('');
};

/** A mistake in the file, which ends its reading. */
class Fault extends Error {}

const elementIn = ({ local, uri }: SaxesTagNS): string => `{${shortened(uri)}}${shortened(local)}`;

const attributesOf = (tag: SaxesTagNS): SaxesAttributeNS[] =>
  Object.values(tag.attributes).filter(
    ({ prefix, name, uri }) => prefix !== 'xmlns' && name !== 'xmlns' && uri !== xsi.uri,
  );

/** @throws Fault where an element may not stand there */
const checkPlace = (tag: SaxesTagNS, parent: string | undefined): void => {
  if (parent === undefined) {
    if (tag.local === ROOT && tag.uri === exported.uri) return;
    throw new Fault(`expected {${exported.uri}}${ROOT}, found ${elementIn(tag)}`);
  }
  const known = CHILDREN[parent];
  if (!known) throw new Fault(`${parent} holds a text, and no element ${brief(tag.local)}`);
  if (!known.includes(tag.local))
    throw new Fault(`${parent}: no element ${brief(tag.local)}; ${meantBy(tag.local, known)}`);
  if (tag.uri !== metadata.uri)
    throw new Fault(`${tag.local}: expected the namespace ${metadata.uri}, found ${brief(tag.uri)}`);
};

/** The person that is being read. */
interface Reading {
  readonly line: number;
  readonly texts: Map<string, string>;
  readonly seen: Set<string>;
}

/** What the events of the parser make of a file. */
const createBuilding = (line: () => number, tell: (found: Found) => void) => {
  const path: string[] = [];
  let person: Reading | undefined;
  let text = '';
  const times = (tag: SaxesTagNS): void => {
    for (const { local, value } of attributesOf(tag)) {
      if (!Object.hasOwn(COLUMNS, tag.local) || !TIMES.includes(local))
        throw new Fault(`${tag.local}: no attribute ${brief(local)}`);
      if (!/^\s*\d{4}-/.test(value))
        throw new Fault(
          `${pathOf(columnIn(tag.local))}/@${local}: expected an instant, found ${brief(value)}`,
        );
      person?.texts.set(`${columnIn(tag.local)}_${local}`, value.trim());
    }
  };
  return {
    open: (tag: SaxesTagNS): void => {
      checkPlace(tag, path.at(-1));
      path.push(tag.local);
      if (path.length === 1) return;
      if (path.length === 2) person = { line: line(), texts: new Map(), seen: new Set() };
      else if (person?.seen.has(tag.local)) throw new Fault(`${tag.local} is there twice`);
      person?.seen.add(tag.local);
      times(tag);
      text = '';
    },
    text: (piece: string): void => {
      const element = path.at(-1);
      if (element !== undefined && isLeaf(element)) text += piece;
      else if (piece.trim() !== '')
        throw new Fault(`${element ?? 'the file'}: no text ${brief(piece.trim())} may stand here`);
    },
    close: (): void => {
      const element = path.pop() ?? '';
      if (!person) return;
      if (isLeaf(element)) person.texts.set(columnIn(element), text);
      if (path.length !== 1) return;
      tell({ line: person.line, ...jsonOf(person.texts) });
      person = undefined;
    },
  };
};

export const exportReader = (): PersonReader => {
  const parser = new SaxesParser({ xmlns: true });
  let found: Found[] = [];
  let ended = false;
  /** How much was read since the last person. */
  let since = 0;
  const fault = (message: string): void => {
    if (!ended) found.push({ line: parser.line, fault: message });
    ended = true;
  };
  const tell = (one: Found): void => {
    if (!ended) found.push(one);
    since = 0;
  };
  const { open, text, close } = createBuilding(() => parser.line, tell);
  const guarded =
    <Event>(act: (event: Event) => void) =>
    (event: Event): void => {
      if (ended) return;
      try {
        act(event);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        fault(error.message);
      }
    };
  parser.on('opentag', guarded(open));
  parser.on('text', guarded(text));
  parser.on('cdata', guarded(text));
  parser.on('closetag', guarded(close));
  parser.on('doctype', () => fault('a document type declaration is not taken'));
  parser.on('xmldecl', ({ encoding = 'UTF-8' }) => {
    if (!/^(?:utf-?8|us-ascii)$/i.test(encoding))
      fault(`expected the encoding UTF-8, found ${brief(encoding)}`);
  });
  parser.on('error', (error) => fault(error.message.replace(/^(?:\d+:\d+: )/, '')));
  const taken = (): readonly Found[] => {
    const now = found;
    found = [];
    return now;
  };
  return {
    read: (piece) => {
      if (ended) return [];
      since += piece.length;
      parser.write(piece);
      if (since > LONGEST + piece.length) fault(`a person has at most ${LONGEST} characters`);
      return taken();
    },
    end: () => {
      if (!ended) parser.close();
      return taken();
    },
    placeOf: (place) => pathOf(columnOf(place)),
  };
};
