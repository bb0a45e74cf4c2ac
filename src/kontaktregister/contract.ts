// The Norwegian contract: the services over its register, each a folder beside this file and a line in it.

import { organisationForm, personForm } from '../contract/administration.ts';
import type { Contract, Ground, OpenRegister, Served, Surroundings } from '../contract/contract.ts';
import { schemasOf } from '../schema/validate.ts';
import { createWsSecurity } from '../security/protection.ts';
import { createCertificateCheck } from '../security/trust/mailbox-certificate.ts';
import type { XmlLimits } from '../xml/scan.ts';
import { certificates } from './certificates.ts';
import { country } from './country.ts';
import { descriptions } from './postkasseleverandoer/codes.ts';
import { createExplain } from './postkasseleverandoer/explain/explain.ts';
import { postkasseleverandoer, servePostkasseleverandoer } from './postkasseleverandoer/service.ts';
import { brought } from './register/history.ts';
import { personFromJson, personJson, personToJson } from './register/json.ts';
import { organisations, rightsIn } from './register/organisations.ts';
import { clearing, organisationsJson, type Seed, seeded, seedWrites } from './register/seed.ts';
import { changes, keep, persons } from './register/store.ts';
import { statements } from './statements.ts';

/** The services over the register; each is opened with the same rights, clock and settings. */
const services = [{ description: postkasseleverandoer, serve: servePostkasseleverandoer }];

/** The settings that the contract goes by. */
export interface Settings {
  readonly displace: boolean;
  readonly mailboxCertificate: 'parse' | 'chain';
  readonly limits: XmlLimits;
}

type NorwegianRegister = OpenRegister<
  Seed,
  ReturnType<typeof personToJson>,
  ReturnType<typeof organisations.current>
>;

const open = ({ engine, now }: Ground<Settings>): NorwegianRegister => {
  const byControl = () => ({ at: now(), means: 'control' });
  return {
    administration: {
      persons: personForm({
        word: 'person',
        collection: persons,
        schema: personJson,
        read: (json) => personFromJson(json, now()),
        keep: (person) => [keep(brought(person, byControl()), now(), { cause: 'emulator' })],
        view: personToJson,
      }),
      organisations: organisationForm(
        organisationsJson,
        { ...organisations, put: (lists) => organisations.put(lists, byControl()) },
        engine,
      ),
      facts: { lastChange: changes.last() },
      own: {},
    },
    seeding: {
      done: () => seeded.current(engine) > 0,
      mark: () => seeded.put(now()),
      clear: clearing,
      add: (seed) => seedWrites(seed, engine, now()),
    },
  };
};

const serve = ({
  settings,
  engine,
  now,
  clock,
  trust,
  security,
  profileOf,
  soap,
}: Surroundings<Settings>): Served => {
  const { displace, mailboxCertificate, limits } = settings;
  const surroundings = {
    rights: rightsIn(engine),
    displace,
    faultOfCertificate: createCertificateCheck(trust, mailboxCertificate, () => clock.now('security')),
    now,
  };
  return {
    services: services.map(({ serve: over }) => {
      const service = over(surroundings);
      return soap({
        service,
        schema: schemasOf(service),
        limits,
        protection: createWsSecurity(profileOf(service), service.headers, security),
      });
    }),
    faces: [],
    explain: createExplain(engine),
  };
};

export const norway: Contract<Settings, NorwegianRegister> = {
  country: country.country,
  name: country.name,
  services: services.map(({ description }) => description),
  faces: [],
  profiled: true,
  security:
    'What security the real postkasseleverandoer service had was never published: that these profiles hold for it is assumed.',
  certificates,
  firstCall: { target: 'postkasseleverandoer.OpprettOgVelgSikkerDigitalPostkasse', as: 'digipost' },
  codes: {
    title: 'codes (beskrivelse)',
    list: Object.entries(descriptions).map(([code, meaning]) => ({ code, meaning, basis: 'documented' })),
  },
  statements,
  tables: () => [persons, changes],
  open,
  serve,
};
