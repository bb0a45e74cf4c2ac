// docs/errors.md is made from the calls and attacks that the tests make: DOCS=write npx mocha test/docs/errors.test.ts renews it.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ErrorCode, errors, unreachable } from '../../src/dfdg/codes.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { type Description, descriptions } from '../../src/kontaktregister/postkasseleverandoer/codes.ts';
import { type Mistake, mistakes } from '../dfdg/mistakes.ts';
import { clientOf, operationOf, post, signed, startRunning, type Values } from '../running.ts';
import { ROOT } from './included.ts';
import { assertMade, table } from './pages.ts';
import { runScript } from './scripts.ts';

const PAGE = 'docs/errors.md';
const FROM = 'errors.test.ts';
const code = (value: string): string => `\`${value}\``;

/** Danish codes that need more than one call: the tests that make them are named here. */
const stories: Readonly<Record<string, string>> = {
  1011: 'a defect of the emulator, or a disk that is full',
  9243: 'jobnet.VerifyPersonContactData, 15 minutes after the code was sent (move the clock: `{"advance": "PT16M"}`)',
  9244: 'jobnet.VerifyPersonContactData, after five wrong codes in 15 minutes; jobnet.GetVerificationCode, after five codes in an hour',
};

const tell = (label: string, { service = 'reminder', operation, client, values = {} }: Mistake): string => {
  const name = operation ?? 'SavePersonContactData';
  const fields = Object.entries(values).map(([field, value]) => `${field}=${value}`);
  const as = typeof client === 'string' ? ` as ${client}` : '';
  return `${service}.${name}${as}: ${label}${fields.length > 0 ? ` (\`${fields.join(' ')}\`)` : ''}`;
};

const danishRow = (number: string): (string | number)[] => {
  const { english, basis, status, ...texts } = errors[Number(number) as ErrorCode];
  const danish = 'danish' in texts ? `<br>${texts.danish}` : '';
  const [first] = mistakes[number] ?? [];
  const call = first ? tell(first[0], first[1]) : stories[number];
  assert.ok(call, `${number} has no call that raises it`);
  return [number, `${english} [${basis === 'documented' ? 'D' : 'A'}]${danish}`, status, call];
};

/** A call for each code of the mailbox providers' service. */
const refused: Readonly<
  Record<Description, readonly [operation: string, values: Values, client?: string] | undefined>
> = {
  RESERVERT: ['OpprettOgVelgSikkerDigitalPostkasse', { personidentifikator: '03826608152' }],
  ALLEREDE_AKTIV: ['OpprettOgVelgSikkerDigitalPostkasse', { personidentifikator: '05886434539' }],
  INGEN_POSTBOKS_FUNNET: ['SlettPostkasse', { personidentifikator: '12838410985' }],
  BRUKER_IKKE_FUNNET: ['SlettPostkasse', { personidentifikator: '14897410894' }],
  POSTKASSE_EKSISTERER_ALLEREDE: ['OpprettPostkasse', { personidentifikator: '29829629931' }],
  UGYLDIG_SERTIFIKAT: ['OpprettPostkasse', { x509Sertifikat: 'AAAA' }],
  UGYLDIG_PERSONNUMMER: ['KanVelgeSikkerDigitalPostkasse', { personidentifikator: '14897410895' }],
  UGYLDIG_ORGNR: ['SlettPostkasse', { postkasseleverandoerOrgNummer: '984661185' }, 'eboks'],
  UGYLDIG_EPOSTADRESSE: undefined,
};

const norwegianRow = ([name, meaning]: [string, string]): string[] => {
  const [operation, values = {}, client = 'digipost'] = refused[name as Description] ?? [];
  const fields = Object.entries(values).map(([field, value]) => ` --set ${field}=${value}`);
  const call = operation
    ? code(`kontakt call postkasseleverandoer.${operation} --as ${client}${fields.join('')}`)
    : 'never';
  return [code(name), meaning, call];
};

/** Problems that no attack stands for: what raises them, and what the wire is told. */
const told: Readonly<Record<string, readonly [wire: string, raisedBy: string]>> = {
  'tls.version': ['TLS alert', 'TLS 1.1 or older'],
  'tls.cipher': ['TLS alert', 'no cipher that both sides know'],
  'tls.distrusted': ['nothing', 'a client that does not trust the emulator and says so'],
  'tls.left': ['nothing', 'a client that leaves during the handshake: mostly it does not trust the emulator'],
  'tls.plain-http': ['HTTP 400', 'plain HTTP on the https port'],
  'tls.timeout': ['nothing', 'a handshake that is not finished within 10 s'],
  'tls.handshake': ['TLS alert', 'anything else that is no TLS'],
  'http.tls': ['nothing', 'TLS on the http port'],
  'http.request': ['HTTP 400', 'what is no HTTP'],
  'http.headers-too-large': ['HTTP 431', 'headers over 16 KiB'],
  'http.timeout': ['HTTP 408', 'a request that is not whole within 20 s'],
  'http.expectation': ['HTTP 417', 'an Expect header other than 100-continue'],
  'http.proxy': ['HTTP 405', 'CONNECT: the emulator taken for a proxy'],
  'http.host': ['HTTP 400 or 403', 'no Host, two of them, or a name that is not allowed'],
  'http.address': ['HTTP 404', 'an address where nothing is'],
  'http.body': ['HTTP 400', 'a body shorter than its Content-Length'],
  'register.unavailable': [
    'Server',
    'a full disk, a register that was deleted or is being reset, a worker process that ended',
  ],
  'security.certificate-policy': [
    'FailedAuthentication',
    'under `strict`: a certificate without the policy of an organisation certificate',
  ],
  'security.decryption': ['–', '`kontakt call` and `verify`: an answer that cannot be decrypted'],
  'security.confirmation': [
    '–',
    '`kontakt call`: an answer that does not repeat the signature of its request',
  ],
  'oppslag.access': [
    'Client',
    'oppslagstjeneste: an organisation without a relation, `kontakt call oppslagstjeneste.HentPersoner --as fremmed`',
  ],
  'oppslag.header': [
    'Client',
    'oppslagstjeneste: a header Oppslagstjenesten that is there twice, or without one PaaVegneAv that names an organisation',
  ],
  'personer.token': ['HTTP 401', 'krr (REST): no bearer token, or one that is no JWT by its form'],
  'personer.scope': ['HTTP 403', 'krr (REST): a token without the scope'],
  'personer.address': ['HTTP 404', 'krr (REST): an address below /rest where nothing is'],
  'personer.method': ['HTTP 405', 'krr (REST): another method than POST'],
  'personer.media-type': ['HTTP 415', 'krr (REST): a body that is not application/json'],
  'personer.request': ['HTTP 400', 'krr (REST): a body that is not as the OpenAPI document says'],
  'xml.too-many-namespaces': ['Client', 'more declarations of namespaces than limits.attributes'],
};

interface Declared {
  readonly name: string;
  readonly problem: string;
  readonly told: string | number;
}

const attacks = async (): Promise<Map<string, Declared[]>> => {
  const {
    output,
    errors: said,
    code: ended,
  } = await runScript('node --import tsx test/docs/attacks.ts', ROOT);
  assert.equal(ended, 0, said);
  const families = new Map<string, Declared[]>();
  for (const one of JSON.parse(output) as Declared[])
    families.set(one.problem, [...(families.get(one.problem) ?? []), one]);
  return families;
};

/** The codes that the sources declare, in the order of their folders. */
const problemsInSources = (): string[] => {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const text = files
    .filter((name) => name.endsWith('.ts'))
    .toSorted()
    .map((name) => readFileSync(join(ROOT, 'src', name), 'utf8'))
    .join('\n');
  const unions = text.matchAll(/^(?:export )?type \w*Problem =\s((?:.|\n)*?);$/gm);
  return [
    ...new Set(
      [...unions].flatMap(([, union = '']) =>
        [...union.matchAll(/'([a-z]+\.[a-z-]+)'/g)].map(([, name = '']) => name),
      ),
    ),
  ];
};

const SHOWN = 3;
/** Attacks in a few words: those with the shortest names are the plainest. */
const raisedIn = (all: readonly Declared[]): string => {
  const names = [...new Set(all.map(({ name }) => name))];
  const plainest = names.toSorted((left, right) => left.length - right.length).slice(0, SHOWN);
  const more = names.length > SHOWN ? `; ${names.length - SHOWN} more in the tests` : '';
  return `${names.filter((name) => plainest.includes(name)).join('; ')}${more}`;
};

const wireOf = (answer: string | number): string => (typeof answer === 'number' ? `HTTP ${answer}` : answer);

describe('docs/errors.md', () => {
  it('tells of every Danish code, with a call that the tests make', () => {
    const rows = [
      ...Object.keys(errors).map(danishRow),
      ...Object.entries(unreachable).map(([number, reason]) => [number, '–', '–', `never: ${reason}`]),
    ];
    assertMade(PAGE, 'Danish codes', table(['code', 'text', 'REST', 'a call that raises it'], rows), FROM);
  });

  it('tells of no Danish code that is not there', () => {
    const known = new Set([...Object.keys(errors), ...Object.keys(unreachable)]);
    const strange = [...Object.keys(mistakes), ...Object.keys(stories)].filter(
      (number) => !known.has(number),
    );
    assert.deepEqual(strange, []);
  });

  it('tells of every Norwegian code', () => {
    const rows = Object.entries(descriptions).map(norwegianRow);
    assertMade(
      PAGE,
      'Norwegian codes',
      table(['beskrivelse', 'meaning', 'a call that raises it'], rows),
      FROM,
    );
  });

  it('tells of every problem, with what raises it', async () => {
    const families = await attacks();
    const names = [...new Set([...problemsInSources(), ...families.keys()])];
    const rows = names.map((problem) => {
      const [first, ...others] = families.get(problem) ?? [];
      if (!first) assert.ok(told[problem], `what raises ${problem}`);
      const [wire = '', raisedBy = ''] = told[problem] ?? [];
      const wires = [...new Set([first, ...others].flatMap((one) => (one ? [wireOf(one.told)] : [])))];
      const raises = first ? raisedIn([first, ...others]) : raisedBy;
      return [code(problem), wires.join(', ') || wire, raises];
    });
    assertMade(PAGE, 'problems', table(['problem', 'on the wire', 'raised by'], rows), FROM);
  }).timeout(60_000);
});

describe('the calls of docs/errors.md', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());

  for (const [name, call] of Object.entries(refused))
    if (call)
      it(`are answered with ${name}`, async () => {
        const [operation, values, client = 'digipost'] = call;
        const [usual = {}] = operationOf(operation).examples;
        const own = { personidentifikator: '12838410985', ...usual, ...values };
        const { status } = await post(emulator.url, signed(operation, own, clientOf(emulator, client)));
        assert.match(status, new RegExp(`^(?:FEILET|NEI) ${name}$`));
      });
});
