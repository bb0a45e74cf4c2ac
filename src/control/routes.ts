// The control interface: the switches of the emulator, JSON under /_emulator.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isBodyError } from '../http/defect.ts';
import type { Journal, JournalEntry } from '../journal/journal.ts';
import { viewEntry, viewMessage } from '../journal/view.ts';
import { shortened } from '../kernel/brief.ts';
import type { Clock } from '../kernel/clock.ts';
import { UserError } from '../kernel/user-error.ts';
import type { Rights } from '../kontaktregister/rights.ts';
import type { HandedOut } from '../pki/handed-out.ts';
import type { Hindrance } from '../store/group.ts';
import { type AccessRule, checkAccess, isLoopback } from './access.ts';
import { checkAsking, detailsOf, mountedCalls, probably } from './asking.ts';
import { type LargestBodies, takeJson, tooLargeBody } from './body.ts';
import { mountCertificates } from './certificates.ts';
import { setClock, viewClock } from './clock.ts';
import { type DanishControls, mountDanish, replaceDanishOrganisations } from './denmark.ts';
import { type Directory, mountDirectory } from './directory.ts';
import { sendList } from './list.ts';
import { replaceOrganisations } from './norway.ts';
import { ControlError, problemDetails, unavailableBy, unavailableNow } from './problem.ts';
import { countryOf, type Query, readExchanges, readId, readPersons } from './query.ts';
import type { PersonAdministration } from './register.ts';
import { type ResetOptions, readReset } from './reset.ts';

const CONTROL_PREFIX = '/_emulator';

/** What tells nothing of the register. */
const NO_REGISTER = /\/(?:_emulator\/?|health|ready|(?:journal|certificates)(?:\/.*)?)$/;

/** What the switches are connected to. */
export interface Controls {
  /** Ends what others have begun to change: the switches read and change the register by themselves. */
  readonly alone: () => void;
  /** Why the register cannot be changed now. */
  readonly hindrance: () => Hindrance | undefined;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly rights: Rights;
  readonly danish: DanishControls;
  readonly certificates: HandedOut;
  /** By country code. */
  readonly persons: Readonly<Record<string, PersonAdministration>>;
  readonly info: () => Record<string, unknown>;
  readonly reset: (options: ResetOptions) => Promise<void>;
  /** Adds the content of a seed, given as JSON. */
  readonly addSeed: (content: unknown) => void;
  readonly access: AccessRule;
  readonly largest: LargestBodies;
  /** What can be asked for beside the control interface. */
  readonly directory: Directory;
  /** Whether the end is announced. */
  readonly stopping: () => boolean;
  /** Logs a defect; returns the headers that name its journal entry. */
  readonly onDefect: (error: unknown, request: FastifyRequest) => Readonly<Record<string, string>>;
}

/** An address where nothing is, and what was probably meant. */
const called = ({ method, url }: FastifyRequest): string => {
  const [path = ''] = url.slice(CONTROL_PREFIX.length).split('?');
  return `${method} ${shortened(url)}${probably(method, path)}`;
};

/** Mounts the control interface with its own access rule and its own form of errors. */
export const mountControl = (app: FastifyInstance, controls: Controls): void => {
  const { clock, journal, rights, danish, persons } = controls;

  const administration = (country: string | undefined): PersonAdministration => {
    const found = country !== undefined && Object.hasOwn(persons, country) ? persons[country] : undefined;
    if (!found)
      throw new ControlError(
        404,
        `country is one of ${Object.keys(persons).join(', ')}, not ${country ?? 'nothing'}`,
      );
    return found;
  };
  const entry = (id: string): JournalEntry => {
    const found = journal.find(id);
    if (!found) throw new ControlError(404, `the journal has no exchange ${id} (it keeps the last thousand)`);
    return found;
  };
  const unmasked = (request: FastifyRequest): boolean =>
    (request.query as Query).unmasked === 'true' && isLoopback(request.ip);

  app.register(
    async (scope) => {
      const calls = mountedCalls(scope, CONTROL_PREFIX);
      mountDirectory(app, scope, controls.directory, calls);
      takeJson(scope, controls.largest);
      scope.addHook('onRequest', async (request) => checkAccess(request, controls.access));
      checkAsking(scope, CONTROL_PREFIX, { service: controls.directory.services });
      // From here to the answer of a switch nothing is awaited, so nobody comes between; but for lists and resets, which say so.
      scope.addHook('preHandler', (request, _reply, done) => {
        controls.alone();
        const why = NO_REGISTER.test(request.routeOptions.url ?? '') ? undefined : controls.hindrance();
        // What is gone can still be read; what is being put back cannot.
        if (why && (why.passes || request.method !== 'GET')) done(unavailableNow(why));
        else done();
      });
      scope.setErrorHandler((error: Error, request, reply: FastifyReply) => {
        const refuse = (refusal: ControlError): FastifyReply => {
          const { status, retryAfter } = refusal;
          if (status === 401) reply.header('www-authenticate', 'Bearer realm="kontakt-emulator"');
          if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
          return reply
            .code(status)
            .type('application/problem+json')
            .send(detailsOf(refusal, request, CONTROL_PREFIX));
        };
        const told = error instanceof ControlError ? error : unavailableBy(error);
        if (told) return refuse(told);
        if (isBodyError(error, request)) {
          const detail = tooLargeBody(error, controls.largest) ?? error.message;
          return refuse(new ControlError(error.statusCode ?? 400, detail));
        }
        // What the emulator cannot do is no mistake of the caller; where the reason is one clear line, it is told.
        reply.headers(controls.onDefect(error, request));
        return refuse(
          new ControlError(500, error instanceof UserError ? error.message : 'see the emulator’s log'),
        );
      });
      scope.setNotFoundHandler((request, reply) =>
        reply
          .code(404)
          .type('application/problem+json')
          .send(problemDetails(404, `the control interface has no ${called(request)}`)),
      );

      scope.get('/health', async () => ({ status: 'ok' }));
      scope.get('/ready', async () => {
        if (controls.stopping()) throw unavailableNow({ cause: 'the emulator is stopping', passes: false });
        const why = controls.hindrance();
        if (why) throw unavailableNow(why);
        return { status: 'ready' };
      });
      scope.get('/info', async () => controls.info());
      scope.get('/clock', async () => viewClock(clock));
      scope.put('/clock', async ({ body }) => {
        setClock(clock, body);
        return viewClock(clock);
      });
      scope.post('/reset', async ({ body }) => {
        await controls.reset(readReset(body));
        return { status: 'reset' };
      });
      scope.post('/seed', { bodyLimit: controls.largest.seed }, async ({ body }) => {
        try {
          controls.addSeed(body);
        } catch (error) {
          throw (
            unavailableBy(error) ??
            (error instanceof UserError ? new ControlError(400, error.message) : error)
          );
        }
        return { status: 'seeded' };
      });

      scope.get('/persons', async ({ query }, reply) => {
        const { country = 'no', cursor } = query as Query;
        const pages = administration(country).list(readPersons(query as Query), cursor);
        return sendList(reply, 'persons', pages, controls.alone);
      });
      scope.get<{ Params: { country: string; id: string } }>('/persons/:country/:id', async ({ params }) =>
        administration(params.country).get(params.id),
      );
      scope.put<{ Params: { country: string; id: string } }>(
        '/persons/:country/:id',
        async ({ params, body }) => administration(params.country).put(params.id, body),
      );
      scope.delete<{ Params: { country: string; id: string } }>(
        '/persons/:country/:id',
        async ({ params }, reply) => {
          administration(params.country).remove(params.id);
          return reply.code(204).send();
        },
      );

      scope.get('/organisations', async ({ query }) =>
        countryOf(query) === 'dk' ? danish.rights.list() : rights.list(),
      );
      scope.put('/organisations', async ({ query, body }) => {
        if (countryOf(query) === 'dk') {
          replaceDanishOrganisations(danish.rights, body);
          return danish.rights.list();
        }
        replaceOrganisations(rights, body);
        return rights.list();
      });
      mountDanish(scope, danish);
      mountCertificates(scope, controls.certificates);

      scope.get('/journal', async (request) => {
        const { problem, problems, operation, service, after } = request.query as Query;
        const seen = readId('after', after) ?? 0;
        const wanted = journal
          .list()
          .filter((one) => one.number > seen)
          .filter((one) => problem === undefined || one.problem === problem)
          .filter((one) => problems !== 'true' || one.explanation !== undefined)
          .filter((one) => operation === undefined || one.operation === operation)
          .filter((one) => service === undefined || one.service === service)
          .slice(0, readExchanges(request.query as Query));
        return { entries: wanted.map((one) => viewEntry(one, unmasked(request))) };
      });
      scope.get<{ Params: { id: string } }>('/journal/:id', async (request) =>
        viewEntry(entry(request.params.id), unmasked(request)),
      );
      scope.get<{ Params: { id: string } }>('/journal/:id/message', async (request, reply) => {
        const { side = 'request' } = request.query as Query;
        if (side !== 'request' && side !== 'response')
          throw new ControlError(400, 'side is request or response');
        const message = entry(request.params.id)[side];
        // Never the sender's own type: a browser must not run what a message holds.
        reply.header('x-content-type-options', 'nosniff').type('text/plain; charset=utf-8');
        return reply.send(message ? viewMessage(message, unmasked(request)) : Buffer.alloc(0));
      });
    },
    { prefix: CONTROL_PREFIX },
  );
};
