/// <reference lib="esnext.disposable" preserve="true" />
// The emulator as a program around it sees it: every verb is asynchronous, and every type is in this folder.

import type { Call, CallOptions } from './calling.ts';
import type {
  Citizen,
  CitizenInput,
  DanishOrganisations,
  DanishOrganisationsInput,
  NorwegianOrganisations,
  NorwegianOrganisationsInput,
  Person,
  PersonInput,
  Seed,
} from './content.ts';
import type { Access, Exchange, Message, OctetsAsked, OutboxMessage, Unmasked } from './exchanges.ts';
import type { Organisations } from './organisations.ts';
import type { Certificates, Profiles } from './security.ts';

/**
 * A running emulator. What a verb refuses, it rejects with an Error whose message is one line, and nothing has changed.
 *
 * @example
 * const emulator = await createEmulator({ port: 0, tlsPort: 0, inMemory: true, log: 'silent' });
 * await emulator.persons.no.put({ id: '12838410985', reservert: true });
 * // … your client calls emulator.url …
 * const [last] = await emulator.journal.list({ limit: 1 });
 * assert.equal(last?.result, 'FEILET RESERVERT');
 * await emulator.close();
 */
export interface Emulator {
  /** The http listener, without a slash at its end. */
  readonly url: string;
  /** The https listener, without a slash at its end. */
  readonly tlsUrl: string;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly persons: {
    readonly no: Persons<Person, PersonInput> & MakingUp;
    readonly dk: Persons<Citizen, CitizenInput>;
  };
  readonly organisations: {
    readonly no: Organisations<NorwegianOrganisations, NorwegianOrganisationsInput>;
    readonly dk: Organisations<DanishOrganisations, DanishOrganisationsInput>;
  };
  readonly outbox: Outbox;
  readonly accessLog: AccessLog;
  readonly certificates: Certificates;
  readonly profiles: Profiles;
  /**
   * Adds what a seed holds to the registers, all of it or nothing.
   *
   * @example await emulator.seed({ no: { persons: [{ id: '12838410985' }] } });
   */
  seed(content: Seed): Promise<void>;
  /**
   * Puts the registers back to what they began with and the clock to real time; outbox, access log and everything remembered
   * of messages are empty then.
   *
   * @example beforeEach(() => emulator.reset());
   */
  reset(options?: ResetOptions): Promise<void>;
  /**
   * Sends one request as a client would, signed or over mutual TLS, verifies the answer, and tells of both: what
   * `kontakt call` does. Fields that are not set come from the operation’s example and the first person of the register.
   *
   * @param target `<service>.<operation>`; services are postkasseleverandoer, oppslagstjeneste,
   *   oppslagstjeneste-14-05, jobnet, reminder and rest
   * @example
   * const { accepted, exchange } = await emulator.call('postkasseleverandoer.SlettPostkasse', { as: 'digipost' });
   */
  call(target: string, options?: CallOptions): Promise<Call>;
  /** Finishes the open requests, closes the register and frees the ports. */
  close(): Promise<void>;
  /**
   * Closes it at the end of a block.
   *
   * @example await using emulator = await createEmulator({ port: 0, tlsPort: 0, inMemory: true });
   */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Which hand of the clock: `register` for stored dates and codes, `security` for Timestamps and certificates. */
export type Hand = 'register' | 'security' | 'both';

/** What a hand of the clock shows. */
export interface HandReading {
  /** ISO 8601. */
  readonly now: string;
  readonly mode: 'real' | 'offset' | 'frozen';
  /** How far it is from real time. */
  readonly offsetSeconds?: number | undefined;
}

export interface ClockReading {
  readonly register: HandReading;
  readonly security: HandReading;
}

/**
 * The clock. Each verb moves the register’s hand unless another is named, and tells what the clock shows then. Durations are
 * ISO 8601.
 *
 * @example await emulator.clock.advance('P18M');
 */
export interface Clock {
  read(): Promise<ClockReading>;
  /** Stops it at an instant. */
  freeze(at: Date | string, hand?: Hand): Promise<ClockReading>;
  /** Moves it on by a duration from where it is; one that is frozen stays frozen. */
  advance(duration: string, hand?: Hand): Promise<ClockReading>;
  /** Lets it run at a distance from real time. */
  offset(duration: string, hand?: Hand): Promise<ClockReading>;
  /** Puts it back to real time. */
  real(hand?: Hand): Promise<ClockReading>;
}

/** The persons of one country. */
export interface Persons<View, Input> {
  /** As seeded, plain persons first. Without a limit it is the whole list; `cursor` is the id that it goes on after. */
  list(asked?: {
    readonly limit?: number | undefined;
    readonly cursor?: string | undefined;
  }): Promise<readonly View[]>;
  /** Rejects where there is nobody with this number. */
  get(id: string): Promise<View>;
  /** Adds a person, or replaces the one with this number as a whole. */
  put(person: Input): Promise<View>;
  /**
   * Rejects where there is nobody with this number. Of a Norwegian a row with the status SLETTET is left: who follows the
   * changes learns of it.
   */
  remove(id: string): Promise<void>;
  /**
   * All persons as the text of a file, in a stream. It breaks off with an error where the register is emptied meanwhile.
   *
   * @param format by default the first that the register has: `xml` (the official export file), in Denmark `ndjson`
   * @example for await (const text of await emulator.persons.no.export('ndjson')) out.write(text);
   */
  export(format?: FileFormat): Promise<AsyncIterable<string>>;
  /**
   * Takes the persons of a file, a thousand at a time, all of them or none, and tells how many. At the first thing that is wrong
   * it rejects with its line; the message says how many persons of the file are in the register, and the `skip` to go on with.
   *
   * @param source the name of a file, compressed where it ends with `.gz`, or what yields its content
   * @example const taken = await emulator.persons.no.import(file);
   */
  import(source: string | AsyncIterable<string | Uint8Array>, how?: ImportOptions): Promise<number>;
}

/** Of persons: the official export file, a line of JSON each, or a row of CSV each. Denmark has `ndjson` alone. */
export type FileFormat = 'xml' | 'ndjson' | 'csv';

export interface ImportOptions {
  /** By default what the name of the file says, else `ndjson`. */
  readonly format?: FileFormat | undefined;
  /** How many persons of the file to pass over. By default 0. */
  readonly skip?: number | undefined;
}

export interface MakingUp {
  /**
   * Makes up persons for load tests, with synthetic numbers, and tells how many; one who is there already is replaced.
   *
   * @param seed the same number makes the same persons. By default 0
   */
  generate(count: number, seed?: number): Promise<number>;
}

/** Which rows of a log: the newest hundred by default, a thousand at most. `after` and `before` are ids of rows. */
export interface RowsAsked {
  readonly limit?: number | undefined;
  readonly after?: number | undefined;
  readonly before?: number | undefined;
}

/** Which exchanges: the newest hundred by default, a thousand at most. */
export interface ExchangesAsked extends Unmasked {
  readonly limit?: number | undefined;
  /** Only those with a higher number. */
  readonly after?: number | undefined;
  /** Only those with a lower number. */
  readonly before?: number | undefined;
  /** The code of a problem, such as `security.replay`. */
  readonly problem?: string | undefined;
  /** Only those that were refused. */
  readonly problems?: boolean | undefined;
  readonly operation?: string | undefined;
  readonly service?: string | undefined;
}

/** The exchanges: the last thousand, or with a data directory those of before too, as far as they are kept. */
export interface Journal {
  /**
   * Newest first.
   *
   * @example const [last] = await emulator.journal.list({ limit: 1 });
   */
  list(asked?: ExchangesAsked): Promise<readonly Exchange[]>;
  /** By number or id (the header Kontakt-Journal); undefined where there is none. */
  find(exchange: number | string, asked?: Unmasked): Promise<Exchange | undefined>;
  /** The octets of one side. Masking makes UTF-8 of them. */
  message(exchange: number | string, side: 'request' | 'response', asked?: Unmasked): Promise<Uint8Array>;
  /**
   * The canonical octets that a digest or the signature of the request is made over, or of the answer.
   *
   * @param reference its URI, its place from 1, or `SignedInfo`
   */
  octets(exchange: number | string, reference: number | string, asked?: OctetsAsked): Promise<Uint8Array>;
  /** Forgets all exchanges. */
  clear(): Promise<void>;
  /** Tells of every exchange when it is over, until the function that it resolves to is called. */
  subscribe(listener: (exchange: Exchange) => void, asked?: Unmasked): Promise<() => Promise<void>>;
}

/** What Danish citizens would have received. */
export interface Outbox {
  /**
   * Newest first.
   *
   * @example const [sent] = await emulator.outbox.list({ limit: 1 }); // sent?.code
   */
  list(asked?: RowsAsked): Promise<readonly OutboxMessage[]>;
  /** Sends a reminder to a subscribed citizen’s verified mobile number and e-mail address. */
  remind(reminder: {
    /** CPR number. */
    readonly citizen: string;
    readonly text: string;
    /** By default any that the citizen has. */
    readonly subscription?: string | undefined;
  }): Promise<readonly Message[]>;
}

/** Who called the Danish services, refused calls too. */
export interface AccessLog {
  /** Newest first. */
  list(asked?: RowsAsked): Promise<readonly Access[]>;
}

export interface ResetOptions {
  /** `none` leaves the registers without persons. */
  readonly seed?: 'none' | undefined;
  /** Empties the journal too. By default false. */
  readonly journal?: boolean | undefined;
}
