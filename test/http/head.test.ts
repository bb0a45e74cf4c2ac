// HEAD is answered wherever GET is: the same status and headers, and no body (RFC 9110 §9.3.2).

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { startRunning } from '../running.ts';

describe('HEAD', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());

  const control = [
    '/health',
    '/ready',
    '/info',
    '/clock',
    '/persons',
    '/persons/no/12838410985',
    '/organisations',
  ];
  const more = [
    '/journal',
    '/outbox',
    '/access-log',
    '/persons/no/1',
    '/nothing',
    '/organisations?country=dk',
  ];
  const paths = [
    ...[...control, ...more].map((path) => `/_emulator${path}`),
    '/v1/openapi.json',
    '/rest/openapi.json',
    '/elsewhere',
    '/',
  ];

  const assertSame = async (path: string): Promise<void> => {
    const [get, head] = [
      await fetch(emulator.url + path),
      await fetch(emulator.url + path, { method: 'HEAD' }),
    ];
    await get.arrayBuffer();
    const of = ({ status, headers }: Response) => [status, headers.get('content-type')];
    assert.deepEqual(of(head), of(get), path);
    assert.equal((await head.arrayBuffer()).byteLength, 0, path);
    // A list that is sent in pieces has no length beforehand, for either of the two.
    if (head.status === 200)
      assert.equal(head.headers.get('content-length'), get.headers.get('content-length'), path);
  };

  for (const path of paths) it(`${path} is answered as GET is`, () => assertSame(path));

  it('the WSDL and the schemas of every service are answered as GET is', async () => {
    for (const { service } of emulator.services)
      for (const address of service.paths)
        for (const query of [
          '?wsdl',
          '?WSDL',
          ...Object.keys(service.schemas).map((name) => `?xsd=${name}`),
          '?xsd=nothing',
          '',
        ])
          await assertSame(address + query);
  });
});
