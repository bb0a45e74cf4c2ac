// What can be asked of the control interface: each address with what it does and what it knows.

import type { BodyForm, ControlCall } from '../contract/administration.ts';
import { fileFormats } from '../contract/person-files.ts';

const FLAG = ['true', 'false'];
const COUNTRY = { country: 'text' } as const;
const UNMASKED = { unmasked: FLAG };

const person: BodyForm = {
  members:
    'all of a person, as GET shows one; what is left out takes its default, and id is that of the address',
  example: '{"reservert": true}',
};

/** Those that every country has. */
const sharedCalls: readonly ControlCall[] = [
  { method: 'GET', path: '/', does: 'this list, as text or (Accept: application/json) as JSON' },
  { method: 'GET', path: '/health', does: 'says that the emulator is alive' },
  { method: 'GET', path: '/ready', does: 'says that it takes calls; else 503 and why not' },
  {
    method: 'GET',
    path: '/info',
    does: 'version, addresses, services, worker processes and effective configuration',
  },
  {
    method: 'GET',
    path: '/journal',
    does: 'the exchanges, the newest first, each with why it was refused',
    query: {
      limit: 'text',
      after: 'text',
      before: 'text',
      problem: 'text',
      problems: FLAG,
      operation: 'text',
      service: 'text',
      ...UNMASKED,
    },
  },
  { method: 'DELETE', path: '/journal', does: 'forgets all exchanges' },
  { method: 'GET', path: '/journal/:id', does: 'one exchange, by its number or its id', query: UNMASKED },
  {
    method: 'GET',
    path: '/journal/:id/explanation',
    does: 'why it was refused: what was done to the message, and what proves it; with profile, what another profile says of the message itself',
    query: { profile: 'text', ...UNMASKED },
  },
  {
    method: 'GET',
    path: '/journal/:id/octets',
    does: 'the canonical octets that a digest or the signature of its request, or of its answer, is made over: of a reference by its URI or its place from 1, or SignedInfo',
    query: { reference: 'text', side: ['request', 'response'], ...UNMASKED },
  },
  {
    method: 'GET',
    path: '/journal/:id/tree',
    does: 'its request or its answer as a tree, with what is signed by which reference; of a large one a part, and more by at, from and count',
    query: { side: ['request', 'response'], at: 'text', from: 'text', count: 'text', ...UNMASKED },
  },
  {
    method: 'GET',
    path: '/journal/:id/export',
    does: 'all of it as a file that kontakt explain opens elsewhere: both messages, what it was judged by, the explanation',
    query: UNMASKED,
  },
  {
    method: 'GET',
    path: '/journal/:id/message',
    does: 'the bytes of its request or of its answer',
    query: { side: ['request', 'response'], ...UNMASKED },
  },
  {
    method: 'GET',
    path: '/events',
    does: 'a stream of server-sent events: exchange, persons, organisations, outbox, clock, profiles, certificates, journal, reset; after an id or the header Last-Event-ID it goes on',
    query: { after: 'text' },
  },
  {
    method: 'GET',
    path: '/persons',
    does: 'the persons of a register: no (default) or dk',
    query: { ...COUNTRY, limit: 'text', cursor: 'text' },
  },
  { method: 'GET', path: '/persons/:country/:id', does: 'one person' },
  {
    method: 'GET',
    path: '/persons/:country/:id/changes',
    does: 'what brought a person about: seed, control call or exchange, and whether the journal still has that',
  },
  {
    method: 'GET',
    path: '/export',
    does: 'all persons of a register as a file: the official export file (xml, default), ndjson or csv; of Denmark ndjson',
    query: { ...COUNTRY, format: fileFormats },
  },
  {
    method: 'PUT',
    path: '/persons/:country/:id',
    does: 'adds a person, or replaces the one with this number',
    body: person,
  },
  { method: 'DELETE', path: '/persons/:country/:id', does: 'removes a person' },
  {
    method: 'GET',
    path: '/organisations',
    does: 'who may call, and on whose behalf',
    query: COUNTRY,
  },
  {
    method: 'PUT',
    path: '/organisations',
    does: 'replaces them',
    query: COUNTRY,
    body: {
      members: 'providers (Norway) or organisations (Denmark), and relations, as GET shows them',
      example: '{"providers": [{"orgnr": "984661185", "navn": "Digipost"}]}',
    },
  },
  {
    method: 'POST',
    path: '/relations',
    does: 'adds and removes relations in one change, and leaves the others as they are',
    query: COUNTRY,
    body: {
      members: 'add and, or, remove: relations as GET /organisations shows them',
      example:
        '{"add": [{"organisation": "984661185", "onBehalfOf": "991825827", "service": "OPPSLAGSTJENESTEN"}]}',
    },
  },
  {
    method: 'GET',
    path: '/certificates',
    does: 'the clients of the PKI, each with the names of its files',
  },
  {
    method: 'POST',
    path: '/certificates',
    does: 'makes a client with a certificate of any kind, good or bad, as kontakt cert new does',
    body: {
      members:
        'client (its name) and, if wanted, shape, organisation (a number, or false), name, expired, notYetValid, from, until, revoked, usage and policy (lists), bits, key, selfSigned, ca and force',
      example: '{"client": "utgaatt", "shape": "seid2", "expired": true}',
    },
  },
  {
    method: 'GET',
    path: '/certificates/:file',
    does: 'a file: certificate, key or PKCS#12 of a client, the truststore, a revocation list',
  },
  { method: 'GET', path: '/call', does: 'what can be called: operations, and the mistakes that can be made' },
  {
    method: 'POST',
    path: '/call',
    does: 'makes a call as a client, with mistakes if wanted, and tells its exchange; with dryRun it sends nothing',
    body: {
      members:
        'operation and, if wanted, as (a client) or certificate and key (PEM), set (fields), unsigned, keyReference, signature, digest, c14n, mistakes and dryRun',
      example: '{"operation": "rest.GetKontaktinformation", "as": "kommune"}',
    },
  },
  { method: 'GET', path: '/contract', does: 'operations, codes, rules with how well each is known' },
  { method: 'GET', path: '/clock', does: 'both hands of the clock' },
  {
    method: 'PUT',
    path: '/clock',
    does: 'moves, freezes or frees a hand of the clock',
    body: {
      members: 'one of now, offset, advance and real, and, if wanted, of (register, security or both)',
      example: '{"advance": "P18M"}',
    },
  },
  {
    method: 'GET',
    path: '/profiles',
    does: 'the security profile of each service, the one of its configuration, and all that there are',
  },
  {
    method: 'PUT',
    path: '/profiles',
    does: 'gives services other security profiles, from the next request until a reset or the end of the process',
    body: {
      members: 'profiles by service, null for the one of the configuration; what is not named stays',
      example: '{"rest": "none"}',
    },
  },
  {
    method: 'POST',
    path: '/seed',
    does: 'adds the content of a seed to the registers',
    body: {
      members: 'the content of a seed file, such as persons or citizens',
      example: '{"persons": [{"id": "12838410985"}]}',
    },
  },
  {
    method: 'POST',
    path: '/reset',
    does: 'puts the registers back to their seed, the clock to real time, the profiles to the configuration',
    body: { members: 'seed ("none") and journal (true)', example: '{"journal": true}', optional: true },
  },
];

/** All of them, in the order in which they are listed: those that one country alone has stand beside the registers. */
export const callsWith = (own: readonly ControlCall[]): readonly ControlCall[] =>
  sharedCalls.flatMap((call) =>
    call.method === 'PUT' && call.path === '/organisations' ? [call, ...own] : [call],
  );
