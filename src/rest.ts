// The way of a REST request through the emulator, on one screen; the sibling of pipeline.ts.
//
//   certificate ─ actor ─ rights ─ scope ─ request id ─ JSON ─ decode ─ decide ─ encode
//
// Every step returns the next value, or a refusal that ends the way.

import { isUtf8 } from 'node:buffer';
import type { Actor, DanishCaller, Door, Holder } from './dfdg/caller.ts';
import { authorise } from './dfdg/caller.ts';
import { type ErrorCode, errors, errorText, type Language } from './dfdg/codes.ts';
import { type DanishRegister, decideCitizen } from './dfdg/decide.ts';
import { type Faces, numberOf } from './dfdg/problems.ts';
import { type Refusal, refusal } from './dfdg/register.ts';
import type { RestRoute } from './dfdg/rest/routes.ts';
import type { DanishRights } from './dfdg/rights.ts';
import type { WireAnswer, WireRequest } from './http/wire.ts';
import type { Journal, JournalEntry, Trace } from './journal/journal.ts';
import { firstIssue } from './kernel/issue.ts';
import { type Explanation, internalProblem, isProblem } from './kernel/problem.ts';

/** What the steps work with. */
export interface RestSurroundings {
  readonly journal: Journal;
  readonly register: DanishRegister;
  readonly rights: DanishRights;
  readonly door: Door;
  readonly faces: Faces;
  readonly language: Language;
  /** Whether a client certificate is asked for. */
  readonly required: boolean;
  /** Whether a bearer token must carry the method's scope. */
  readonly scopes: boolean;
  readonly answerHeaders: boolean;
  readonly onExchange: (entry: JournalEntry) => void;
  readonly onDefect: (error: unknown, journalId: string) => void;
}

/** A refusal that has no code of the contract: its status alone. */
interface Bare {
  readonly status: number;
  readonly explanation: Explanation;
}
type Refused = Refusal | Bare;
const isRefused = (value: object): value is Refused => 'explanation' in value && !('problem' in value);

const LONGEST_REQUEST_ID = 46;
const SYSTEM = 3;

const bare = (status: number, check: string, expected: string, found: string, remedy: string): Bare => ({
  status,
  explanation: { check, expected, found, remedy, rule: 'contract: REST', basis: 'documented' },
});

const invalid = (expected: string, found: string): Refusal =>
  refusal(
    1014,
    'the request against its schema',
    expected,
    found,
    'compare with the OpenAPI document (/v1/openapi.json)',
  );

/** A number in a header; 0, which no code list has, for what is none. */
const numberIn = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

/** Whom the call is made for: the headers, and for each that is absent what the certificate says. */
const readActor = (
  { headers }: WireRequest,
  holder: Holder | undefined,
  rights: DanishRights,
): Actor | Refusal => {
  const own = holder && rights.ofCvr(holder.cvr);
  const type = headers['x-active-organisation-type-identifier'];
  if (type === undefined && !own) {
    return refusal(
      4575,
      'the organisation that the call is made for',
      'one in the headers, or one that has the certificate’s CVR number',
      holder ? `CVR ${holder.cvr}, which no organisation has` : 'neither',
      'send x-active-organisation-type-identifier and x-active-organisation-code',
    );
  }
  return {
    organisationType: type === undefined ? (own?.type ?? 0) : numberIn(type),
    organisationCode: headers['x-active-organisation-code'] ?? own?.code ?? '',
    userType: numberIn(headers['x-request-user-type-identifier'] ?? String(SYSTEM)),
    userIdentifier: headers['x-request-user-identifier'] ?? holder?.userIdentifier ?? '',
  };
};

/** EMULATOR: a bearer token is not verified; its text, or the scope claim of its payload, lists the scopes. */
const scopesOf = (authorization: string | undefined): string[] => {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const payload = token.split('.')[1];
  try {
    const claims = payload
      ? (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { scope?: string })
      : {};
    return (claims.scope ?? token).split(/[\s,]+/);
  } catch {
    return token.split(/[\s,]+/);
  }
};

const parseBody = (
  { body }: RestRoute,
  bytes: Buffer,
  contentType: string | undefined,
): { value: unknown } | Refusal => {
  if (!body) return { value: undefined };
  const media = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (media !== 'application/json' && !/^application\/[\w.-]+\+json$/.test(media)) {
    return invalid(
      'Content-Type: application/json',
      contentType ? `Content-Type: ${contentType.slice(0, 60)}` : 'no Content-Type',
    );
  }
  if (!isUtf8(bytes)) return invalid('JSON in UTF-8', 'bytes that are no UTF-8');
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    return invalid('JSON', (error as Error).message);
  }
  const parsed = body.safeParse(json);
  return parsed.success
    ? { value: parsed.data }
    : invalid('the members that the schema names', firstIssue(parsed.error));
};

/** One route with everything it needs: from request to answer, never throwing. */
export const createRest = (surroundings: RestSurroundings) => {
  const {
    journal,
    register,
    rights,
    door,
    faces,
    language,
    required,
    scopes,
    answerHeaders,
    onExchange,
    onDefect,
  } = surroundings;

  const admit = (route: RestRoute, request: WireRequest): DanishCaller | Refused => {
    const { headers, certificate } = request;
    const holder = required || certificate ? door.identify(certificate) : undefined;
    if (holder && 'explanation' in holder) return holder;
    const actor = readActor(request, holder, rights);
    if ('explanation' in actor) return actor;
    const caller = authorise(holder, actor, route.allowed, rights);
    if ('explanation' in caller) {
      register.logs.recordRefused('rest', route.operation.name, actor, holder?.cvr, caller.code);
      return caller;
    }
    if (scopes && !scopesOf(headers.authorization).includes(route.scope)) {
      return bare(
        403,
        'scope of the bearer token',
        route.scope,
        headers.authorization ? 'other scopes' : 'no token',
        'send Authorization: Bearer with a token that carries the scope',
      );
    }
    const id = headers['x-requestid'];
    if (id === undefined) return caller;
    if (id.length > LONGEST_REQUEST_ID)
      return invalid(`x-requestId of at most ${LONGEST_REQUEST_ID} characters`, `${id.length}`);
    if (register.logs.admitRequest(holder?.fingerprint ?? '', id)) return caller;
    return bare(
      412,
      'x-requestId',
      'one that was not used within 24 hours',
      id,
      'make a new id for each request',
    );
  };

  const answer = (
    route: RestRoute,
    decide: ReturnType<typeof decideCitizen>,
    request: WireRequest,
    parameters: Readonly<Record<string, string>>,
    trace: Trace,
  ): unknown => {
    const caller = admit(route, request);
    trace.reached('security');
    if ('explanation' in caller) return caller;
    Object.assign(trace.entry, { organisation: caller.organisation, subject: caller.subject });
    if (isProblem(request.body)) return invalid('a body that can be read', request.body.explanation.found);
    const cpr = request.headers['x-civilregistrationidentifier'];
    if (route.citizen && cpr === undefined)
      return invalid('the header x-civilregistrationIdentifier', 'none');
    const body = parseBody(route, request.body, request.headers['content-type']);
    trace.reached('schema');
    if ('explanation' in body) return body;
    const command = route.decodeJson({ cpr: route.citizen ? cpr : undefined, parameters, body: body.value });
    const outcome = decide(command, caller);
    trace.reached('decide');
    if (isProblem(outcome)) return outcome;
    trace.entry.result = outcome.result;
    return { json: route.encodeJson(outcome.answer) };
  };

  const details = (status: number, text: string, code?: ErrorCode): WireAnswer => ({
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8' },
    body: Buffer.from(
      JSON.stringify({
        type: 'about:blank',
        title: text,
        status,
        ...(code === undefined ? {} : { fejlkode: code }),
        fejltekst: text,
      }),
    ),
  });
  const byCode = (code: ErrorCode): WireAnswer =>
    details(errors[code].status, errorText(code, language), code);

  const reply = (outcome: unknown, trace: Trace): WireAnswer => {
    if (isProblem(outcome)) {
      trace.refused(outcome);
      return byCode(numberOf(outcome));
    }
    if (typeof outcome === 'object' && outcome !== null && isRefused(outcome)) {
      if ('status' in outcome) {
        trace.refused({
          problem: `rest.${outcome.status}`,
          wire: { kind: 'http', status: outcome.status, text: '' },
          explanation: outcome.explanation,
        });
        return details(outcome.status, outcome.status === 412 ? 'Precondition Failed' : 'Forbidden');
      }
      trace.refused(faces.problem(outcome));
      return byCode(outcome.code);
    }
    return {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: Buffer.from(JSON.stringify((outcome as { json: unknown }).json)),
    };
  };

  return (route: RestRoute) => {
    const decide = decideCitizen(route.operation, 'rest', register);
    return (request: WireRequest, parameters: Readonly<Record<string, string>>): WireAnswer => {
      const { method, path, headers, remote } = request;
      const bytes = isProblem(request.body) ? Buffer.alloc(0) : request.body;
      const trace = journal.begin({ method, path, remote, request: { headers, body: bytes } });
      Object.assign(trace.entry, {
        service: 'rest',
        profile: required ? 'mutual-tls' : 'none',
        operation: route.name,
      });
      let given: WireAnswer;
      try {
        given = reply(answer(route, decide, request, parameters, trace), trace);
      } catch (error) {
        onDefect(error, trace.id);
        given = reply(internalProblem(), trace);
      }
      const full = answerHeaders
        ? { ...given, headers: { ...given.headers, 'kontakt-journal': trace.id } }
        : given;
      trace.finished(full.status, { headers: full.headers, body: full.body });
      onExchange(trace.entry);
      return full;
    };
  };
};
