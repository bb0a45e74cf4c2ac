// A country as one value: its services, what its register keeps, and how both are opened. Whoever composes, switches or prints
// goes over these values and knows no country by name.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Carry } from '../exchange/exchange.ts';
import type { Mounting } from '../http/listen.ts';
import type { Reports } from '../http/reports.ts';
import type { MountedService } from '../http/services.ts';
import type { WireAnswer } from '../http/wire.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Statement } from '../kernel/problem.ts';
import type { Profile } from '../security/profiles/profile.ts';
import type { SecurityMaterial } from '../security/protection.ts';
import type { TrustStore } from '../security/trust/trust.ts';
import type { Caller, ServiceDescription } from '../soap/service.ts';
import type { Engine, Table, Write } from '../store/engine.ts';
import type { Administration } from './administration.ts';
import type { Endpoint } from './endpoint.ts';

/** A SOAP service that can be called. */
export interface ServedService extends MountedService {
  /** The name of its security profile. */
  readonly profile: string;
  /** Makes ready what the first call would wait for. */
  readonly warm: () => void;
}

/** What the services of a contract are made of. */
export interface Surroundings<Settings> extends Ground<Settings> {
  readonly clock: Clock;
  readonly trust: TrustStore;
  readonly security: SecurityMaterial;
  /** The security profile of a service, by the service's name. */
  readonly profileOf: (service: string) => Profile;
  readonly carry: Carry;
  readonly reports: Reports;
  /** Makes a SOAP service of an endpoint; its types are gone then. */
  readonly soap: <C extends Caller>(endpoint: Endpoint<C>) => ServedService;
}

/** A way in that is no SOAP. */
export interface Face {
  readonly name: string;
  readonly title: string;
  /** Whether it asks for a client certificate. */
  readonly overTls: boolean;
  /** Where its description is served. */
  readonly description: string;
  readonly calls: readonly {
    readonly name: string;
    readonly method: string;
    readonly path: string;
    readonly summary: string;
  }[];
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
export interface OpenRegister<Seed = never, Person = unknown, Organisations = unknown> {
  readonly administration: Administration<Person, Organisations>;
  readonly seeding: Seeding<Seed>;
}

/** The ways in to a register. */
export interface Served {
  readonly services: readonly ServedService[];
  readonly faces: readonly Face[];
}

export interface Contract<Settings, Register extends OpenRegister = OpenRegister> {
  /** As addresses and seeds name it: `no`, `dk`. */
  readonly country: string;
  readonly services: readonly ServiceDescription[];
  /** Its other ways in, by the names that profiles are chosen for. */
  readonly faces: readonly string[];
  /** What it does beyond its operations and codes, and how well each is known. */
  readonly statements: readonly Statement[];
  /** What its register keeps. */
  readonly tables: (settings: Settings) => readonly Table[];
  readonly open: (ground: Ground<Settings>) => Register;
  readonly serve: (surroundings: Surroundings<Settings>) => Served;
}
