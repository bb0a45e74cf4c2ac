// A country as one value: its services, what its register keeps, and how both are opened. Whoever composes, switches or prints
// goes over these values and knows no country by name.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Carry } from '../exchange/exchange.ts';
import type { Addressee } from '../explain/addressee.ts';
import type { ExplainedCause } from '../explain/explained.ts';
import type { Mounting } from '../http/listen.ts';
import type { Reports } from '../http/reports.ts';
import type { MountedService } from '../http/services.ts';
import type { WireAnswer } from '../http/wire.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Basis, Problem, Statement } from '../kernel/problem.ts';
import type { Profile } from '../security/profiles/profile.ts';
import type { SecurityMaterial } from '../security/protection.ts';
import type { TrustStore } from '../security/trust/trust.ts';
import type { Caller, ServiceDescription } from '../soap/service.ts';
import type { Engine, Table, Write } from '../store/engine.ts';
import type { Administration, OwnCalls } from './administration.ts';
import type { CertificateReading } from './certificates.ts';
import type { Country } from './country.ts';
import type { Endpoint } from './endpoint.ts';
import type { FileReading } from './person-files.ts';

/** A SOAP service that can be called. */
export interface ServedService extends MountedService {
  /** The name of its security profile at this moment. */
  readonly profile: () => string;
  /** Makes ready what the first call would wait for. */
  readonly warm: () => void;
}

/** What the profile of a service depends on. */
export type Secured = Pick<ServiceDescription, 'name' | 'profile' | 'encryptedAnswers'>;

/** What the services of a contract are made of. */
export interface Surroundings<Settings> extends Ground<Settings> {
  readonly clock: Clock;
  readonly trust: TrustStore;
  readonly security: SecurityMaterial;
  /** The security profile of a service at this moment, as the configuration has tuned it. */
  readonly profileOf: (service: Secured) => Profile;
  /** The certificate of the first client of the test PKI with an organisation number, PEM; undefined: there is none. */
  readonly clientOf: (organisation: string) => string | undefined;
  readonly carry: Carry;
  readonly reports: Reports;
  /** Makes a SOAP service of an endpoint; its types are gone then. */
  readonly soap: <C extends Caller, Own extends Problem>(endpoint: Endpoint<C, Own>) => ServedService;
}

/** A call of a way in that is no SOAP. */
export interface FaceCall {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly scope: string;
  readonly summary: string;
  readonly basis: Basis;
}

/** A way in that is no SOAP, as it is described. */
export interface FaceDescription {
  /** The name that its security profile is chosen by. */
  readonly name: string;
  readonly title: string;
  /** In words, how it is called. */
  readonly how: string;
  /** What all its addresses begin with. */
  readonly prefix: string;
  /** Where its description is served. */
  readonly description: string;
  /** No security profile says anything of it. */
  readonly unprofiled?: true;
  readonly calls: readonly FaceCall[];
}

/** A way in that is no SOAP. */
export interface Face extends FaceDescription {
  /** Whether it asks for a client certificate. */
  readonly overTls: boolean;
  readonly mount: (app: FastifyInstance, listener: Mounting) => void;
  /** Answers an address where nothing is or, for the reason in `found`, could be read; undefined: it is not meant for it. */
  readonly unrouted: (request: FastifyRequest, found?: string) => Promise<WireAnswer> | undefined;
}

/** How the content of a register is put in and taken out. */
export interface Seeding<Seed> {
  /** Whether it was ever seeded; then it is never seeded again by itself. */
  readonly done: () => boolean;
  /** What remembers that it was seeded. */
  readonly mark: () => Write;
  /** What takes everything out but the organisations. */
  readonly clear: readonly Write[];
  /** What puts in what a seed names; what it does not name stays. */
  readonly add: (seed: Seed) => readonly Write[];
}

/** What a register is opened with. */
export interface Ground<Settings> {
  readonly settings: Settings;
  readonly engine: Engine;
  /** The register hand of the clock, in milliseconds since 1970. */
  readonly now: () => number;
}

/** A register that can be seeded and switched. */
export interface OpenRegister<
  Seed = never,
  Person = unknown,
  Organisations = unknown,
  Own extends OwnCalls = OwnCalls,
> {
  readonly administration: Administration<Person, Organisations, Own>;
  readonly seeding: Seeding<Seed>;
}

/** A code of a contract. */
export interface CodeDescription {
  readonly code: string;
  readonly meaning: string;
  readonly basis: Basis;
  /** The HTTP status that it has where it goes out over REST. */
  readonly status?: number;
}

/** The codes of a contract: what they are called on the wire, and those that nothing can raise. */
export interface Codes {
  readonly title: string;
  readonly list: readonly CodeDescription[];
  readonly never?: readonly { readonly code: string; readonly reason: string }[];
}

/** The ways in to a register. */
export interface Served {
  readonly services: readonly ServedService[];
  readonly faces: readonly Face[];
  /** Why a rule of the contract refused an exchange; none where it was not one of them. Undefined: it keeps nothing to tell. */
  readonly explain?: Circumstances;
}

/**
 * Explains refusals by the rules of a contract: the state that led to one, and the call that changes it.
 *
 * @param earlier the exchanges that the journal has, the newest first
 */
export type Circumstances = (
  entry: JournalEntry,
  earlier: () => readonly JournalEntry[],
) => Promise<readonly ExplainedCause[]>;

export interface Contract<Settings, Register extends OpenRegister = OpenRegister>
  extends Pick<Country, 'country' | 'name'> {
  readonly services: readonly ServiceDescription[];
  /** Its other ways in. */
  readonly faces: readonly FaceDescription[];
  /** In words, what the profiles are to its services, and how well that is known. */
  readonly security: string;
  /** Whether its services are secured by profiles of WS-Security; else of a profile only whether a certificate is required counts. */
  readonly profiled: boolean;
  /** What its SOAP services ask of header blocks of their own, before they ask who calls; undefined: nothing. */
  readonly judgeHeaders?: Addressee['judgeHeaders'];
  /** How certificates are read; undefined: it has none of its own. */
  readonly certificates?: CertificateReading;
  /** The proxies that are believed where they tell whose certificate a request came with, by their addresses. */
  readonly proxies?: (settings: Settings) => readonly string[];
  /** A call that shows newcomers that it works. */
  readonly firstCall: { readonly target: string; readonly as: string };
  readonly codes: Codes;
  /** What it does beyond its operations and codes, and how well each is known. */
  readonly statements: readonly Statement[];
  /** What its register keeps. */
  readonly tables: (settings: Settings) => readonly Table[];
  readonly open: (ground: Ground<Settings>) => Register;
  readonly serve: (surroundings: Surroundings<Settings>) => Served;
  /** How its persons come from files; undefined: they do not. */
  readonly reading?: FileReading;
}
