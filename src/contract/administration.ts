// What the switches reach of a register, in the JSON that seeds are written in: no type of a country's own is left.

import type { z } from 'zod';
import { check, type Issue } from '../kernel/issue.ts';
import type { Conflict, Engine, Loss, Query, Stored, Work, Write } from '../store/engine.ts';
import { type Collection, constant, mapped, nothing, type Page, type Part } from '../store/tables.ts';
import { type Change, changesIn, type History } from './history.ts';
import type { PersonFile, PersonFiles, Writing, Writings } from './person-files.ts';
import type { RelationForm } from './relations.ts';

/** What was made of a JSON, or what is wrong with it. */
export type Read<Made> = { readonly value: Made } | { readonly issue: Issue };

/** The persons of a country. */
export interface PersonForm<View> {
  /** What the register calls a person, for errors. */
  readonly word: string;
  /** What is told where a number of one belongs to another. */
  readonly taken: string;
  /** The table that they are kept in. */
  readonly table: string;
  find(id: string): Query<{ readonly id: string; readonly view: View } | undefined>;
  /** What brought a person about; undefined: there is nobody with this number. */
  changes(id: string): Query<readonly Change[] | undefined>;
  page(limit: number, after?: string | number): Query<Page<View>>;
  count(): Query<number>;
  /** The files that all of them can be written into. */
  readonly files: PersonFiles;
  /** Keeps the person of a JSON as a whole. */
  put(json: unknown): Read<{ readonly id: string; readonly work: Work<undefined, View> }>;
  /** Whether there was one. */
  remove(id: string): Work<readonly Write[] | undefined, boolean>;
}

/** The organisations of a country, and what they may do. */
export interface OrganisationForm<View> {
  /** What they are kept as. */
  readonly table: string;
  /** As they were stored last. */
  list(): View;
  /** Replaces them as a whole. */
  put(json: unknown): Read<Write>;
}

/** A body of a control call: its members, and one that works as it stands. */
export interface BodyForm {
  readonly members: string;
  readonly example: string;
  /** Whether it may be left out. */
  readonly optional?: true;
}

/** A call of the control interface, as it is listed. */
export interface ControlCall {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below /_emulator, with parameters as the router writes them. */
  readonly path: string;
  readonly does: string;
  /** What may stand after the question mark; a list holds all the values that there are. */
  readonly query?: Readonly<Record<string, 'text' | readonly string[]>>;
  readonly body?: BodyForm;
}

/** Why a register did not do what a call asked for, with the HTTP status that says so. */
export interface Unwilling {
  readonly status: 404 | 409;
  readonly detail: string;
}

/** Something that is done in one change of the register: the rows that tell of it, or why not. */
export type Deed<Row extends object> = (
  engine: Pick<Engine, 'change'>,
) => Promise<Loss | Conflict | Stored<readonly Row[] | Unwilling>>;

/** A call that one country alone has: a log to be read, or something to be done. Its rows go out under a name. */
export interface OwnCall<Row extends object = object> {
  readonly call: ControlCall;
  readonly rows: string;
  /** What a body is, for errors. */
  readonly word?: string;
  readonly log?: (part: Part) => Query<readonly Row[]>;
  /** The table of a log that people watch: an event tells of new rows. */
  readonly watched?: string;
  readonly act?: (json: unknown) => Read<Deed<Row>>;
}

/** The calls that one country alone has, by the names that a program calls them by. */
export type OwnCalls = Readonly<Record<string, OwnCall>>;

export interface Administration<Person = unknown, Organisations = unknown, Own extends OwnCalls = OwnCalls> {
  readonly persons: PersonForm<Person>;
  readonly organisations: OrganisationForm<Organisations>;
  /** Undefined where nobody acts for anybody. */
  readonly relations?: RelationForm;
  /** What is told of the register beside the configuration. */
  readonly facts: Readonly<Record<string, Query<number>>>;
  readonly own: Own;
}

/** A person as a register keeps one. */
interface Kept {
  readonly id: string;
  readonly history?: History;
}

interface PersonParts<Json extends { readonly id: string }, Person extends Kept, View> {
  readonly word: string;
  readonly taken?: string;
  readonly collection: Collection<Person>;
  /** How one is found: by id, and by what else names one. */
  readonly find?: (id: string) => Query<Person | undefined>;
  readonly schema: z.ZodType<Json>;
  readonly read: (json: Json) => Person;
  readonly keep: (person: Person) => readonly Write[];
  /** What takes one out; undefined: it is gone as if it never was there. */
  readonly remove?: (person: Person) => readonly Write[];
  readonly view: (person: Person) => View;
  /** The files that they can be written into, beside NDJSON. */
  readonly files?: Writings<Person>;
}

const fileOf = <Person extends { readonly id: string }>(
  { page }: Collection<Person>,
  { mediaType, head, row, tail }: Writing<Person>,
): PersonFile => ({
  mediaType,
  head,
  tail,
  page: (limit, after) =>
    mapped(page(limit, after), (found) => ({ ...found, states: found.states.map(row) })),
});

const filesOf = <Person extends { readonly id: string }>(
  collection: Collection<Person>,
  files: Writings<Person>,
): PersonFiles =>
  Object.fromEntries(Object.entries(files).map(([format, file]) => [format, fileOf(collection, file)]));

export const personForm = <Json extends { readonly id: string }, Person extends Kept, View>({
  word,
  taken = 'a number in it belongs to another',
  collection,
  find = collection.find,
  schema,
  read,
  keep,
  remove = ({ id }) => [collection.remove(id)],
  view,
  files = {},
}: PersonParts<Json, Person, View>): PersonForm<View> => ({
  word,
  taken,
  table: collection.name,
  files: filesOf(collection, {
    ...files,
    ndjson: {
      mediaType: 'application/x-ndjson',
      head: () => constant(''),
      row: (person) => `${JSON.stringify(view(person))}\n`,
      tail: '',
    },
  }),
  count: collection.count,
  changes: (id) => mapped(find(id), (person) => person && changesIn(person.history ?? {})),
  find: (id) => mapped(find(id), (person) => person && { id: person.id, view: view(person) }),
  page: (limit, after) =>
    mapped(collection.page(limit, after), (page) => ({ ...page, states: page.states.map(view) })),
  put: (json) => {
    const checked = check(schema, json);
    if ('issue' in checked) return checked;
    const person = read(checked.value);
    const work = {
      load: nothing,
      decide: () => ({ result: view(person), writes: keep(person) }),
    };
    return { value: { id: person.id, work } };
  },
  remove: (id) => ({
    load: mapped(collection.find(id), (person) => person && remove(person)),
    decide: (writes) => ({ result: writes !== undefined, writes: writes ?? [] }),
  }),
});

export const organisationForm = <Lists>(
  schema: z.ZodType<Lists>,
  {
    table,
    current,
    put,
  }: { table: string; current(engine: Pick<Engine, 'value'>): Lists; put(lists: Lists): Write },
  engine: Pick<Engine, 'value'>,
): OrganisationForm<Lists> => ({
  table,
  list: () => current(engine),
  put: (json) => {
    const checked = check(schema, json);
    return 'issue' in checked ? checked : { value: put(checked.value) };
  },
});
