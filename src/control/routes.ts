// The control interface: the switches of the emulator as JSON under /_emulator.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OwnCall } from '../contract/administration.ts';
import { type FileFormat, fileFormats } from '../contract/person-files.ts';
import { isBodyError } from '../http/defect.ts';
import { shortened } from '../kernel/brief.ts';
import { UserError } from '../kernel/user-error.ts';
import { type AccessRule, checkAccess, isLoopback } from './access.ts';
import { type Asking, createAsking } from './asking.ts';
import { type LargestBodies, takeJson, tooLargeBody } from './body.ts';
import { mountCalling } from './calling.ts';
import { callsWith } from './calls.ts';
import { mountCertificates } from './certificate-routes.ts';
import type { Control, CountryControl } from './control.ts';
import { type Directory, mountDirectory } from './directory.ts';
import { mountEvents } from './event-stream.ts';
import type { Events } from './events.ts';
import { sendFile, sendList } from './list.ts';
import type { ChangeView } from './persons.ts';
import { ControlError, problemDetails, unavailableBy, unavailableNow } from './problem.ts';

const CONTROL_PREFIX = '/_emulator';

/** What the addresses are connected to. */
export interface Controls {
  readonly control: Control;
  readonly events: Events;
  readonly access: AccessRule;
  readonly largest: LargestBodies;
  /** What can be asked for beside the control interface. */
  readonly directory: Directory;
  /** What browsers get at the root; undefined: what all get. */
  readonly page: ((reply: FastifyReply) => Promise<FastifyReply>) | undefined;
  /** The address of the listener of a protocol. */
  readonly own: (protocol: string) => string;
  /** Whether the end is announced. */
  readonly stopping: () => boolean;
  /** Logs a defect; returns the headers that name its journal entry. */
  readonly onDefect: (error: unknown, request: FastifyRequest) => Readonly<Record<string, string>>;
}

/** What an address asks for after the question mark. */
type Query = Readonly<Record<string, string | undefined>>;

const queryOf = ({ query }: FastifyRequest): Query => query as Query;

/** @param status of the error where there is no such country */
const countryIn = ({ countries }: Control, country: string, status: number): CountryControl => {
  const found = Object.hasOwn(countries, country) ? countries[country] : undefined;
  if (found) return found;
  throw new ControlError(status, `country is ${Object.keys(countries).join(' or ')}, not ${country}`);
};
/** The first by default. */
const countryOf = (control: Control, request: FastifyRequest): CountryControl =>
  countryIn(control, queryOf(request).country ?? Object.keys(control.countries)[0] ?? '', 400);

const isUnmasked = (request: FastifyRequest): boolean =>
  queryOf(request).unmasked === 'true' && isLoopback(request.ip);

/** An address where nothing is, and what was probably meant. */
const called = ({ method, url }: FastifyRequest, asking: Asking): string => {
  const [path = ''] = url.slice(CONTROL_PREFIX.length).split('?');
  return `${method} ${shortened(url)}${asking.probably(method, path)}`;
};

/** Its own form of errors. */
const mountProblems = (scope: FastifyInstance, { largest, onDefect }: Controls, asking: Asking): void => {
  scope.setErrorHandler((error: Error, request, reply: FastifyReply) => {
    const refuse = (refusal: ControlError): FastifyReply => {
      const { status, retryAfter } = refusal;
      if (status === 401) reply.header('www-authenticate', 'Bearer realm="kontakt-emulator"');
      if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
      return reply.code(status).type('application/problem+json').send(asking.details(refusal, request));
    };
    const told = error instanceof ControlError ? error : unavailableBy(error);
    if (told) return refuse(told);
    if (isBodyError(error, request)) {
      const detail = tooLargeBody(error, largest) ?? error.message;
      return refuse(new ControlError(error.statusCode ?? 400, detail));
    }
    // What the emulator cannot do is no mistake of the caller; where the reason is one clear line, it is told.
    reply.headers(onDefect(error, request));
    return refuse(
      new ControlError(500, error instanceof UserError ? error.message : 'see the emulator’s log'),
    );
  });
  scope.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .type('application/problem+json')
      .send(problemDetails(404, `the control interface has no ${called(request, asking)}`)),
  );
};

/** How it stands, and what turns it back. */
const mountState = (scope: FastifyInstance, { control, largest, stopping }: Controls): void => {
  scope.get('/health', async () => ({ status: 'ok' }));
  scope.get('/ready', async () => {
    if (stopping()) throw unavailableNow({ loss: 'the emulator is stopping', passes: false });
    control.ready();
    return { status: 'ready' };
  });
  scope.get('/info', async () => control.info());
  scope.get('/clock', async () => control.clock.view());
  scope.put('/clock', async ({ body }) => control.clock.set(body));
  scope.get('/profiles', async () => control.profiles.view());
  scope.put('/profiles', async ({ body }) => control.profiles.set(body));
  scope.post('/reset', async ({ body }) => {
    await control.reset(body);
    return { status: 'reset' };
  });
  scope.post('/seed', { bodyLimit: largest.seed }, async ({ body }) => {
    await control.seed(body);
    return { status: 'seeded' };
  });
};

interface OnePerson {
  readonly Params: { readonly country: string; readonly id: string };
}

const ownCalls = ({ countries }: Control): readonly OwnCall[] =>
  Object.values(countries).flatMap(({ own }) => Object.values(own));

const formatIn = ({ format }: Query): FileFormat | undefined => fileFormats.find((one) => one === format);

/** A change, and whether the journal still has the exchange that made it. */
const withKept = async (change: ChangeView, { find }: Control['journal']): Promise<object> =>
  change.exchange === undefined
    ? change
    : { ...change, kept: (await find(String(change.exchange), false)) !== undefined };

/** What the registers hold. */
const mountRegisters = (scope: FastifyInstance, { control }: Controls): void => {
  scope.get('/persons', async (request, reply) =>
    sendList(reply, 'persons', await countryOf(control, request).persons.list(queryOf(request))),
  );
  scope.get<OnePerson>('/persons/:country/:id', async ({ params: { country, id } }) =>
    countryIn(control, country, 404).persons.get(id),
  );
  scope.get<OnePerson>('/persons/:country/:id/changes', async ({ params: { country, id } }) => {
    const changes = await countryIn(control, country, 404).persons.changes(id);
    return { changes: await Promise.all(changes.map((change) => withKept(change, control.journal))) };
  });
  scope.put<OnePerson>('/persons/:country/:id', async ({ params: { country, id }, body }) =>
    countryIn(control, country, 404).persons.put(id, body),
  );
  scope.delete<OnePerson>('/persons/:country/:id', async ({ params: { country, id } }, reply) => {
    await countryIn(control, country, 404).persons.remove(id);
    return reply.code(204).send();
  });
  scope.get('/export', async (request, reply) =>
    sendFile(reply, await countryOf(control, request).export(formatIn(queryOf(request)))),
  );
  scope.get('/organisations', async (request) => countryOf(control, request).organisations.list());
  scope.put('/organisations', async (request) =>
    countryOf(control, request).organisations.replace(request.body),
  );
  scope.post('/relations', async (request) => countryOf(control, request).organisations.relate(request.body));
  for (const own of ownCalls(control))
    scope.route({
      method: own.call.method,
      url: own.call.path,
      handler: async (request) => ({
        [own.rows]: await control.own(own, queryOf(request), request.body),
      }),
    });
};

interface OneExchange {
  readonly Params: { readonly id: string };
}

/** What happened. */
const mountJournal = (scope: FastifyInstance, { control: { journal } }: Controls): void => {
  scope.get('/journal', async (request) => {
    const { problems, ...asked } = queryOf(request);
    return { entries: await journal.list({ ...asked, problems: problems === 'true' }, isUnmasked(request)) };
  });
  scope.delete('/journal', async (_request, reply) => {
    await journal.clear();
    return reply.code(204).send();
  });
  scope.get<OneExchange>('/journal/:id', async (request) =>
    journal.get(request.params.id, isUnmasked(request)),
  );
  scope.get<OneExchange>('/journal/:id/explanation', async (request) =>
    journal.explanation(request.params.id, isUnmasked(request), queryOf(request).profile),
  );
  scope.get<OneExchange>('/journal/:id/octets', async (request, reply) => {
    const { reference = '', side = 'request' } = queryOf(request);
    const octets = await journal.octets(request.params.id, reference, side, isUnmasked(request));
    // A browser could run what such a document holds.
    return reply
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('content-disposition', 'attachment; filename="octets.xml"')
      .type('text/xml; charset=utf-8')
      .send(octets);
  });
  scope.get<OneExchange>('/journal/:id/tree', async (request) =>
    journal.tree(request.params.id, queryOf(request), isUnmasked(request)),
  );
  scope.get<OneExchange>('/journal/:id/export', async (request) =>
    journal.exported(request.params.id, isUnmasked(request)),
  );
  scope.get<OneExchange>('/journal/:id/message', async (request, reply) => {
    const { side = 'request' } = queryOf(request);
    const message = await journal.message(request.params.id, side, isUnmasked(request));
    // Never the sender's own type: a browser must not run what a message holds.
    return reply.header('x-content-type-options', 'nosniff').type('text/plain; charset=utf-8').send(message);
  });
};

/** Mounts the control interface with its own access rule and its own form of errors. */
export const mountControl = (app: FastifyInstance, controls: Controls): void => {
  app.register(
    async (scope) => {
      const own = ownCalls(controls.control).map(({ call }) => call);
      const asking = createAsking(callsWith(own), CONTROL_PREFIX);
      const calls = asking.mounted(scope);
      mountDirectory(app, scope, controls.directory, calls, controls.page);
      takeJson(scope, controls.largest);
      scope.addHook('onRequest', async (request) => checkAccess(request, controls.access));
      asking.check(scope, { service: controls.directory.services });
      mountProblems(scope, controls, asking);
      mountState(scope, controls);
      mountRegisters(scope, controls);
      mountCertificates(scope, controls.control);
      mountJournal(scope, controls);
      mountEvents(scope, controls.events);
      mountCalling(scope, () => ({
        url: controls.own('http'),
        tlsUrl: controls.own('https'),
        control: controls.control,
      }));
      scope.get('/contract', async () => controls.control.contract());
    },
    { prefix: CONTROL_PREFIX },
  );
};
