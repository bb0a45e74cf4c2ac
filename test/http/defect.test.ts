// Our own exceptions are never told as the caller's mistake, and a strange Host header causes none.

import assert from 'node:assert/strict';
import fastify, { type FastifyInstance } from 'fastify';
import { type ControlParts, createControl } from '../../src/control/control.ts';
import { mountControl } from '../../src/control/routes.ts';
import { restRoutes } from '../../src/dfdg/rest/routes.ts';
import { createUnroutedJudge } from '../../src/dfdg/rest/unrouted.ts';
import { jobnet } from '../../src/dfdg/soap/services.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { isBodyError } from '../../src/http/defect.ts';
import { createHostRule } from '../../src/http/host.ts';
import { createReports } from '../../src/http/reports.ts';
import { mountRest } from '../../src/http/rest.ts';
import { mountService } from '../../src/http/services.ts';
import type { WireAnswer } from '../../src/http/wire.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { createClock } from '../../src/kernel/clock.ts';
import { UserError } from '../../src/kernel/user-error.ts';
import { postkasseleverandoer } from '../../src/kontaktregister/postkasseleverandoer/service.ts';
import { newJournal } from '../journal/new-journal.ts';
import { startRunning } from '../running.ts';
import { dial, entryOf, send } from './wire.ts';

const BOOM = 'the cupboard is bare';

/** The routes of both faces over handlers that fail, with what was logged and kept in the journal. */
const brokenApp = (): {
  app: FastifyInstance;
  logged: unknown[];
  journal: Journal;
} => {
  const logged: unknown[] = [];
  const journal = newJournal(() => 0);
  const log = { info: () => {}, error: (_event: object, error: unknown) => void logged.push(error) };
  const reports = createReports({ journal, log, answerHeaders: true });
  const app = fastify();
  let asked = false;
  const fail = async (): Promise<WireAnswer> => {
    // Whoever takes the exception for an error of the body asks once more, and gets an answer.
    if (asked) return { status: 400, headers: {}, body: Buffer.from(BOOM) };
    asked = true;
    // Neither a status of its own nor the code of a broken connection makes it a mistake of the caller.
    throw Object.assign(new Error(BOOM), { statusCode: 400, code: 'ECONNRESET' });
  };
  mountService(
    app,
    { service: postkasseleverandoer, handle: fail, overTls: false, open: () => false, largestBody: 1000 },
    {
      publicUrl: undefined,
      proxies: [],
      own: () => 'http://localhost',
      tlsPort: () => 1,
      gate: () => (_request, _reply, done) => done(),
      reports,
    },
  );
  const { concerns } = createUnroutedJudge(restRoutes);
  mountRest(
    app,
    {
      name: 'rest',
      prefix: '/v1',
      methods: restRoutes.map(({ method, path }) => ({ method, path, answer: fail })),
      openApi: () => fail(),
      beside: fail,
      concerns,
      overTls: () => false,
      publicUrl: undefined,
      largestBody: 1000,
      proxies: [],
      reports,
    },
    {
      gate: () => (_request, _reply, done) => done(),
      own: () => 'http://localhost',
      tlsPort: () => 1,
    },
  );
  return { app, logged, journal };
};

describe('an exception of our own', () => {
  for (const [face, method, url, type] of [
    ['SOAP', 'POST', postkasseleverandoer.paths[0] ?? '', /^text\/plain/],
    ['SOAP', 'GET', postkasseleverandoer.paths[0] ?? '', /^text\/plain/],
    ['REST', 'GET', '/v1/kontaktinformation', /^application\/problem\+json/],
    ['REST', 'DELETE', '/v1/nothing', /^application\/problem\+json/],
  ] as const)
    it(`over ${face} (${method} ${url}) is 500, logged with its stack, and in the journal`, async () => {
      const { app, logged, journal } = brokenApp();
      try {
        const base = await app.listen({ port: 0, host: '127.0.0.1' });
        const answer = await fetch(`${base}${url}`, { method });
        assert.equal(answer.status, 500);
        assert.match(answer.headers.get('content-type') ?? '', type);
        assert.doesNotMatch(await answer.text(), new RegExp(BOOM));
        assert.equal(logged.length, 1);
        assert.match((logged[0] as Error).stack ?? '', new RegExp(`${BOOM}\\n +at `));
        const [entry] = journal.list();
        assert.deepEqual([entry?.problem, entry?.httpStatus], ['internal', 500]);
        assert.equal(answer.headers.get('kontakt-journal'), entry?.id);
      } finally {
        await app.close();
      }
    });
});

describe('an exception in the control interface', () => {
  const broken = (error: Error): FastifyInstance => {
    const app = fastify();
    const controls = {
      stopping: () => false,
      largest: { body: 1000, seed: 1000 },
      access: { token: undefined, hosts: createHostRule({ host: 'localhost', allowHost: [] }) },
      control: createControl({
        engine: {
          hindrance: () => undefined,
          read: async () => ({ result: undefined, durable: Promise.resolve() }),
        },
        clock: createClock(),
        journal: newJournal(() => 0),
        certificates: {},
        countries: {},
        info: () => {
          throw error;
        },
        addSeed: () => {
          throw error;
        },
      } as unknown as ControlParts<Record<string, never>>),
      directory: { services: [] },
      onDefect: () => ({ 'kontakt-journal': 'told' }),
    };
    mountControl(app, controls as unknown as Parameters<typeof mountControl>[1]);
    return app;
  };
  const ask = async (error: Error, method: 'GET' | 'POST', url: string) => {
    const app = broken(error);
    const { statusCode, headers, body } = await app.inject({ method, url, headers: { host: 'localhost' } });
    await app.close();
    return { statusCode, told: headers['kontakt-journal'], body };
  };

  it('is a defect whatever status it brings, and one line for the user is told as our own matter', async () => {
    for (const [error, detail] of [
      [Object.assign(new Error(BOOM), { statusCode: 400 }), /see the emulator’s log/],
      [new UserError('the data directory is full'), /the data directory is full/],
    ] as const) {
      const { statusCode, told, body } = await ask(error, 'GET', '/_emulator/info');
      assert.deepEqual([statusCode, told], [500, 'told']);
      assert.match(body, detail);
    }
  });

  it('is the caller’s matter where it is about the seed that was sent', async () => {
    const { statusCode, told } = await ask(new UserError('no seed'), 'POST', '/_emulator/seed');
    assert.deepEqual([statusCode, told], [400, undefined]);
  });
});

describe('a Host header that is none', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());

  for (const host of [
    'localhost:99999',
    '999.999.999.999',
    'a..b:80',
    '[::::]',
    '[1:2]:3',
    '-',
    'x"<y',
    '..',
  ])
    it(`"${host}" gets the WSDL with the address of the listener`, async () => {
      for (const service of [postkasseleverandoer, jobnet]) {
        const path = service.paths[0] ?? '';
        const answer = await send(
          emulator.url,
          `GET ${path}?wsdl HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
        );
        assert.match(answer, /^HTTP\/1\.1 200 /);
        assert.ok(answer.includes(`schemaLocation="${emulator.url}${path}?xsd=`), answer.slice(0, 300));
        const base = service === jobnet ? emulator.tlsUrl : emulator.url;
        assert.ok(answer.includes(`location="${base}${path}"`), host);
      }
    });
});

describe('an error', () => {
  const isOfBody = (code: string, complete: boolean): boolean =>
    isBodyError(Object.assign(new Error(BOOM), { code, statusCode: 400 }), { raw: { complete } });

  it('is of the body where the HTTP library says so of it, whole or not', () => {
    for (const code of [
      'FST_ERR_CTP_BODY_TOO_LARGE',
      'FST_ERR_CTP_INVALID_MEDIA_TYPE',
      'FST_ERR_CTP_INVALID_CONTENT_LENGTH',
      'HPE_INVALID_CHUNK_SIZE',
    ])
      for (const complete of [true, false]) assert.ok(isOfBody(code, complete), code);
  });

  it('of a broken connection is of the body only while the body is not whole', () => {
    for (const code of ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'EPIPE'])
      assert.deepEqual([isOfBody(code, false), isOfBody(code, true)], [true, false], code);
  });

  it('of any other kind is a defect, whatever status it brings', () => {
    for (const code of ['', 'ENOSPC', 'FST_ERR_VALIDATION', 'ERR_FST_ERR_CTP_', 'SQLITE_FULL'])
      assert.ok(!isOfBody(code, false), code);
    for (const thrown of [new Error(BOOM), BOOM, undefined, null, { statusCode: 400 }])
      assert.ok(!isBodyError(thrown, { raw: { complete: false } }), String(thrown));
  });
});

describe('a body that the HTTP library could not take', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());

  it('is told as such, when the connection ends in the middle of it', async () => {
    const path = postkasseleverandoer.paths[0] ?? '';
    const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n`;
    const { socket, said } = dial(emulator.url);
    socket.end(`${head}Content-Length: 9\r\n\r\n<a>`);
    await said;
    const { httpStatus } = await entryOf(emulator, 'http.body');
    assert.equal(httpStatus, 400);
  });
});
