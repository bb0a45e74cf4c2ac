// The Norwegian contract: the services over its register, each a folder beside this file and a line in it.

import { organisationForm, personForm } from '../contract/administration.ts';
import type { Contract, Ground, OpenRegister, Served, Surroundings } from '../contract/contract.ts';
import { relationForm } from '../contract/relations.ts';
import { certificates } from './certificates.ts';
import { country } from './country.ts';
import { csvFile } from './files/csv.ts';
import { exportFile } from './files/export-file.ts';
import { reading } from './files/reading.ts';
import { lookups } from './oppslagstjeneste/endpoint.ts';
import { createExplain as explainLookups } from './oppslagstjeneste/explain/explain.ts';
import { descriptions } from './postkasseleverandoer/codes.ts';
import { mailboxes } from './postkasseleverandoer/endpoint.ts';
import { createExplain as explainMailboxes } from './postkasseleverandoer/explain/explain.ts';
import { brought } from './register/history.ts';
import { personFromJson, personJson, personToJson } from './register/json.ts';
import { organisations } from './register/organisations.ts';
import { clearing, organisationsJson, relationJson, type Seed, seeded, seedWrites } from './register/seed.ts';
import { changes, deleted, keep, persons } from './register/store.ts';
import { createRestFace, restDescription } from './rest/face.ts';
import type { ListedService, Settings } from './service.ts';
import { statements } from './statements.ts';

const services: readonly ListedService[] = [mailboxes, ...lookups];

type NorwegianRegister = OpenRegister<
  Seed,
  ReturnType<typeof personToJson>,
  ReturnType<typeof organisations.current>
>;

const open = ({ engine, now }: Ground<Settings>): NorwegianRegister => {
  const byControl = () => ({ at: now(), means: 'control' });
  const lists: typeof organisations = { ...organisations, put: (all) => organisations.put(all, byControl()) };
  return {
    administration: {
      persons: personForm({
        word: 'person',
        collection: persons,
        schema: personJson,
        read: (json) => personFromJson(json, now()),
        keep: (person) => [keep(brought(person, byControl()), now(), { cause: 'emulator' })],
        remove: (person) => [keep(brought(deleted(person), byControl()), now(), { cause: 'emulator' })],
        view: personToJson,
        files: { xml: exportFile(now), csv: csvFile },
      }),
      organisations: organisationForm(organisationsJson, lists, engine),
      relations: relationForm({ ...lists, schema: relationJson }),
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

const serve = (surroundings: Surroundings<Settings>): Served => {
  const { engine, now, carry, reports, settings } = surroundings;
  const { publicUrl, limits } = settings;
  const explains = [explainMailboxes, explainLookups].map((create) => create(engine));
  return {
    services: services.map(({ serve: over }) => over(surroundings)),
    faces: [createRestFace({ carry, engine, now }, { publicUrl, largestBody: limits.restBody, reports })],
    explain: async (entry) => (await Promise.all(explains.map((explain) => explain(entry)))).flat(),
  };
};

export const norway: Contract<Settings, NorwegianRegister> = {
  country: country.country,
  name: country.name,
  services: services.map(({ description }) => description),
  faces: [restDescription],
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
  reading,
};
