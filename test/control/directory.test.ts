// The list of everything that can be asked for, at / and at /_emulator.

import assert from 'node:assert/strict';
import { callsWith } from '../../src/control/calls.ts';
import { restRoutes } from '../../src/dfdg/rest/routes.ts';
import { danishCalls } from '../../src/dfdg/switches.ts';
import { contractServices } from '../../src/emulator/contracts.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { startRunning } from '../running.ts';

interface Listing {
  readonly services: readonly { readonly name: string; readonly address: string; readonly wsdl: string }[];
  readonly rest: { readonly openapi: string; readonly calls: readonly { readonly name: string }[] };
  readonly control: readonly { readonly call: string; readonly does: string }[];
}

describe('the list of everything that can be asked for', () => {
  let emulator: Emulator;
  const get = (path: string, accept?: string) =>
    fetch(`${emulator.url}${path}`, accept === undefined ? {} : { headers: { accept } });
  const listing = async (): Promise<Listing> =>
    (await get('/', 'application/json')).json() as Promise<Listing>;

  before(async () => {
    emulator = await startRunning({ inMemory: true, console: false });
  });
  after(() => emulator.close());

  it('is text, or JSON for who asks for it, at / and at /_emulator alike', async () => {
    for (const [accept, type] of [
      [undefined, /^text\/plain/],
      ['text/html,application/xhtml+xml,*/*;q=0.8', /^text\/plain/],
      ['application/json', /^application\/json/],
      ['text/plain;q=0.5, application/json', /^application\/json/],
      ['text/plain, application/json;q=0.5', /^text\/plain/],
    ] as const) {
      const texts = [];
      for (const path of ['/', '/_emulator', '/_emulator/']) {
        const response = await get(path, accept);
        assert.equal(response.status, 200);
        assert.match(response.headers.get('content-type') ?? '', type);
        assert.equal(response.headers.get('vary'), 'Accept');
        texts.push(await response.text());
      }
      assert.equal(new Set(texts).size, 1);
    }
  });

  it('has links that work: the contract of every service, and the OpenAPI document', async () => {
    const { services, rest } = await listing();
    assert.deepEqual(
      services.map(({ name }) => name),
      contractServices.map(({ name }) => name),
    );
    for (const { wsdl, address } of services) {
      const response = await fetch(wsdl);
      assert.equal(response.status, 200);
      assert.ok((await response.text()).includes(`location="${address}"`), address);
    }
    assert.equal((await fetch(rest.openapi)).status, 200);
    assert.deepEqual(
      rest.calls.map(({ name }) => name),
      restRoutes.map(({ name }) => name),
    );
  });

  it('has every call of the control interface, each described, and none that is not there', async () => {
    const { control } = await listing();
    assert.ok(control.length > 15);
    for (const { call, does } of control)
      assert.ok(does.length > 0, `${call} is not described in control/calls.ts`);
    const shown = control.map(({ call }) => call.replace(/ http:\/\/[^/]+\/_emulator/, ' '));
    const described = callsWith(danishCalls).map(
      ({ method, path }) => `${method} ${path === '/' ? '' : path.replace(/:(\w+)/g, '{$1}')}`,
    );
    assert.deepEqual([...shown].sort(), [...described].sort());
  });
});
