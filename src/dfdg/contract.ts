// The Danish contract: the SOAP services over its register, each a line in this file; REST answers from the same operations.

import { type OwnCall, organisationForm, personForm } from '../contract/administration.ts';
import type { Contract, Ground, OpenRegister, Served, Surroundings } from '../contract/contract.ts';
import { ndjsonReader } from '../contract/ndjson.ts';
import { relationForm } from '../contract/relations.ts';
import { check } from '../kernel/issue.ts';
import { schemasOf } from '../schema/validate.ts';
import type { XmlLimits } from '../xml/scan.ts';
import { createRefusalLog } from './access.ts';
import { createAuthenticator } from './caller.ts';
import { certificates } from './certificates.ts';
import { errors, unreachable } from './codes.ts';
import { country } from './country.ts';
import { createExplain } from './explain/explain.ts';
import type { OutgoingMessage } from './register/citizen.ts';
import { brought } from './register/history.ts';
import { citizenFromJson, citizenJson, citizenToJson } from './register/json.ts';
import {
  type AccessRow,
  accessRows,
  logTables,
  type OutboxRow,
  outbox,
  outboxRows,
} from './register/logs.ts';
import { mayUse, organisations, rightsIn } from './register/organisations.ts';
import { sendReminder } from './register/reminder.ts';
import {
  clearing,
  type DanishSeed,
  danishOrganisationsJson,
  danishRelationJson,
  seeded,
  seedWrites,
} from './register/seed.ts';
import { citizens, findCitizen, keepCitizen } from './register/store.ts';
import { createRestFace, restDescription } from './rest/face.ts';
import type { DanishSettings } from './settings.ts';
import type { RefusalSettings } from './soap/faces.ts';
import { judgeHeaders } from './soap/headers.ts';
import { createTlsProtection } from './soap/protection.ts';
import { jobnet, reminder, serveJobnet, serveReminder } from './soap/services.ts';
import { statements } from './statements.ts';
import { accessCall, outboxCall, reminderCall } from './switches.ts';

const services = [
  { description: reminder, serve: serveReminder, allowed: mayUse.reminder },
  { description: jobnet, serve: serveJobnet, allowed: mayUse.jobnet },
];

/** The settings that the contract goes by. */
export interface Settings {
  readonly dfdg: DanishSettings;
  readonly refusals: RefusalSettings['refusals'];
  readonly limits: XmlLimits & { readonly restBody: number };
  readonly publicUrl?: string | undefined;
}

type DanishRegister = OpenRegister<
  DanishSeed,
  ReturnType<typeof citizenToJson>,
  ReturnType<typeof organisations.current>,
  {
    readonly outbox: OwnCall<OutboxRow>;
    readonly remind: OwnCall<OutgoingMessage>;
    readonly accesses: OwnCall<AccessRow>;
  }
>;

const open = ({ engine, now }: Ground<Settings>): DanishRegister => {
  const byControl = () => ({ at: now(), means: 'control' });
  const lists: typeof organisations = { ...organisations, put: (all) => organisations.put(all, byControl()) };
  return {
    administration: {
      persons: personForm({
        word: 'citizen',
        taken: 'the CV number or the former number belongs to another citizen',
        collection: citizens,
        find: findCitizen,
        schema: citizenJson,
        read: citizenFromJson,
        keep: (citizen) => keepCitizen(brought(citizen, byControl()), now()),
        view: citizenToJson,
      }),
      organisations: organisationForm(danishOrganisationsJson, lists, engine),
      relations: relationForm({ ...lists, schema: danishRelationJson }),
      facts: {},
      own: {
        outbox: { call: outboxCall, rows: 'messages', log: outboxRows, watched: outbox.name },
        remind: {
          call: reminderCall,
          rows: 'messages',
          word: 'reminder',
          act: (json) => sendReminder(json, now()),
        },
        accesses: { call: accessCall, rows: 'accesses', log: accessRows },
      },
    },
    seeding: {
      done: () => seeded.current(engine) > 0,
      mark: () => seeded.put(now()),
      clear: clearing,
      add: (seed) => seedWrites(seed, engine, now()),
    },
  };
};

const codesOf = (dfdg: DanishSettings) => ({
  digits: dfdg.codeDigits,
  lifetime: dfdg.codeLifetime * 1000,
  wrong: { most: dfdg.codeAttempts, within: dfdg.codeAttemptsWithin * 1000 },
  sent: { most: dfdg.codeSends, within: dfdg.codeSendsWithin * 1000 },
  returned: dfdg.returnCode,
});

const serve = (surroundings: Surroundings<Settings>): Served => {
  const { settings, engine, now, clock, trust, profileOf, soap, carry, reports } = surroundings;
  const { dfdg, refusals, limits, publicUrl } = settings;
  const authenticator = createAuthenticator(trust, () => clock.now('security'));
  const rights = rightsIn(engine);
  const operations = { codes: codesOf(dfdg), citizenUser: dfdg.citizenUser, rights, now };
  return {
    services: services.map(({ serve: over, allowed }) => {
      const service = over(operations, { ...dfdg, refusals });
      const required = () => profileOf(service).required;
      const logRefusal = createRefusalLog(engine, service.name, now);
      return soap({
        service,
        schema: schemasOf(service),
        limits,
        protection: createTlsProtection(allowed, { authenticator, rights, required, logRefusal, now }),
      });
    }),
    faces: [
      createRestFace(
        {
          carry,
          engine,
          operations,
          rights,
          authenticator,
          language: dfdg.language,
          required: () => profileOf(restDescription).required,
          scopes: dfdg.scopes,
        },
        { publicUrl, largestBody: limits.restBody, proxies: dfdg.proxies, reports },
      ),
    ],
    explain: createExplain({ engine, trust, codes: operations.codes, now }),
  };
};

export const denmark: Contract<Settings, DanishRegister> = {
  country: country.country,
  name: country.name,
  services: services.map(({ description }) => description),
  faces: [restDescription],
  profiled: false,
  judgeHeaders,
  security:
    'The Danish services are protected by mutual TLS; of a profile they take only whether a certificate is required.',
  certificates,
  proxies: ({ dfdg }) => dfdg.proxies,
  firstCall: { target: 'reminder.SavePersonContactData', as: 'kommune' },
  codes: {
    title: 'codes (ErrorCode, fejlkode), with the HTTP status over REST',
    list: Object.entries(errors).map(([code, { english, basis, status }]) => ({
      code,
      meaning: english,
      basis,
      status,
    })),
    never: Object.entries(unreachable).map(([code, reason]) => ({ code, reason })),
  },
  statements,
  tables: ({ dfdg }) => [citizens, ...logTables(dfdg)],
  open,
  serve,
  reading: {
    readers: { ndjson: ndjsonReader },
    list: 'citizens',
    check: (json) => check(citizenJson, json),
  },
};
