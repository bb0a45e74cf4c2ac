// What can be asked of the control interface: each address with what it does and what it knows.

/** A body: its members, and one that works as it stands. */
export interface BodyForm {
  readonly members: string;
  readonly example: string;
  /** Whether it may be left out. */
  readonly optional?: true;
}

export interface ControlCall {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below /_emulator, with parameters as the router writes them. */
  readonly path: string;
  readonly does: string;
  /** What may stand after the question mark; a list holds all the values that there are. */
  readonly query?: Readonly<Record<string, 'text' | readonly string[]>>;
  readonly body?: BodyForm;
}

const FLAG = ['true', 'false'];
const COUNTRY = { country: 'text' } as const;
const ROWS = { limit: 'text', after: 'text', before: 'text' } as const;
const UNMASKED = { unmasked: FLAG };

const person: BodyForm = {
  members:
    'all of a person, as GET shows one; what is left out takes its default, and id is that of the address',
  example: '{"reservert": true}',
};

/** All of them, in the order in which they are listed. */
export const controlCalls: readonly ControlCall[] = [
  { method: 'GET', path: '/', does: 'this list, as text or (Accept: application/json) as JSON' },
  { method: 'GET', path: '/health', does: 'says that the emulator is alive' },
  { method: 'GET', path: '/ready', does: 'says that it takes calls; else 503 and why not' },
  { method: 'GET', path: '/info', does: 'version, addresses, services and effective configuration' },
  {
    method: 'GET',
    path: '/journal',
    does: 'the exchanges, the newest first, each with why it was refused',
    query: {
      limit: 'text',
      after: 'text',
      problem: 'text',
      problems: FLAG,
      operation: 'text',
      service: 'text',
      ...UNMASKED,
    },
  },
  { method: 'GET', path: '/journal/:id', does: 'one exchange, by its number or its id', query: UNMASKED },
  {
    method: 'GET',
    path: '/journal/:id/message',
    does: 'the bytes of its request or of its answer',
    query: { side: ['request', 'response'], ...UNMASKED },
  },
  {
    method: 'GET',
    path: '/persons',
    does: 'the persons of a register: no (default) or dk',
    query: { ...COUNTRY, limit: 'text', cursor: 'text' },
  },
  { method: 'GET', path: '/persons/:country/:id', does: 'one person' },
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
    method: 'GET',
    path: '/outbox',
    does: 'codes and reminders as Danish citizens would have received them, the newest first',
    query: ROWS,
  },
  {
    method: 'POST',
    path: '/reminders',
    does: 'sends a reminder to a Danish citizen',
    body: {
      members: 'citizen, text and, if wanted, subscription',
      example: '{"citizen": "1403455896", "text": "Interview tomorrow at 9"}',
    },
  },
  {
    method: 'GET',
    path: '/access-log',
    does: 'every call of the Danish services: who, for whom, on whom, with which result',
    query: ROWS,
  },
  {
    method: 'GET',
    path: '/certificates',
    does: 'the clients of the PKI, each with the names of its files',
  },
  {
    method: 'GET',
    path: '/certificates/:file',
    does: 'a file: certificate, key or PKCS#12 of a client, the truststore, a revocation list',
  },
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
    does: 'puts the registers back to their seed, the clock to real time',
    body: { members: 'seed ("none") and journal (true)', example: '{"journal": true}', optional: true },
  },
];
