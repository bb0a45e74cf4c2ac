// A new service is a folder and a line: one that the package does not have is served like all others, by the house as it is.

import assert from 'node:assert/strict';
import { writeSignedRequest } from '../../src/client/request.ts';
import { usualSigning } from '../../src/client/security-header.ts';
import { countries } from '../../src/countries.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { startEmulator } from '../../src/emulator/start.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import { newDataDirectory } from '../directories.ts';
import { clientOf, control, DIGIPOST, startRunning } from '../running.ts';
import { rainbow } from './colours/contract.ts';
import { colours } from './colours/service.ts';

const [chooseColour = assert.fail('no operation')] = colours.operations;

describe('a third service beside those of the package', () => {
  let data: string;
  let emulator: Emulator;

  const start = (): Promise<Emulator> =>
    startEmulator(resolveOptions({ port: 0, tlsPort: 0, log: 'silent', data }), {
      ...countries,
      xx: rainbow,
    });
  const signed = (person: string, colour: string): string =>
    writeSignedRequest(
      colours,
      chooseColour,
      { person, colour },
      clientOf(emulator, 'digipost'),
      usualSigning,
      Date.now(),
    );
  const post = async (body: string) => {
    const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' };
    const response = await fetch(`${emulator.url}/colours-v1`, { method: 'POST', headers, body });
    return {
      http: response.status,
      text: await response.text(),
      journal: response.headers.get('kontakt-journal') ?? '',
    };
  };
  /** What the control interface answers. */
  const ask = async (path: string, method = 'GET', body?: unknown): Promise<unknown> => {
    const { http, json } = await control(emulator.url, method, path, body);
    assert.ok(http < 300, JSON.stringify(json));
    return json;
  };

  beforeEach(async () => {
    data = await newDataDirectory();
    emulator = await start();
  });
  afterEach(() => emulator.close());

  it('is called over the whole way: its schema, its rule, a signed answer, and each message once', async () => {
    const first = await post(signed('Kari', 'blue'));
    assert.equal(first.http, 200);
    assert.match(first.text, /<c:ChooseColourResponse[^>]*><\/c:ChooseColourResponse>/);
    const again = signed('Kari', 'red');
    const second = await post(again);
    assert.match(second.text, /<c:before>blue<\/c:before>/);
    assert.match(second.text, /<ds:SignatureValue>/);
    assert.equal((await post(again)).http, 500);
    const invalid = await post(signed('Kari', 'RED'));
    assert.equal(invalid.http, 500);
    assert.match((await post(signed('Kari', 'green'))).text, /<c:before>red<\/c:before>/);
    const { explanation } = (await ask(`/journal/${invalid.journal}`)) as { explanation: unknown };
    assert.match(JSON.stringify(explanation), /colours\.xsd/);
  });

  it('has its exchanges in the journal, in its own words', async () => {
    const { journal } = await post(signed('Kari', 'blue'));
    const { service, operation, organisation, result } = (await ask(`/journal/${journal}`)) as Record<
      string,
      unknown
    >;
    assert.deepEqual(
      { service, operation, organisation, result },
      { service: 'colours', operation: 'ChooseColour', organisation: DIGIPOST, result: 'NEW' },
    );
    const { entries } = (await ask('/journal?service=colours')) as { entries: unknown[] };
    assert.equal(entries.length, 1);
  });

  it('has its persons and organisations over the control interface', async () => {
    await post(signed('Kari', 'blue'));
    const kari = { id: 'Kari', colour: 'blue' };
    assert.deepEqual(await ask('/persons?country=xx'), { persons: [kari] });
    assert.deepEqual(await ask('/persons/xx/Kari'), kari);
    await ask('/persons/xx/Ola', 'PUT', { colour: 'red' });
    assert.match((await post(signed('Ola', 'green'))).text, /<c:before>red<\/c:before>/);
    assert.equal(((await ask('/info')) as { choosers: number }).choosers, 2);
    assert.deepEqual(await ask('/organisations?country=xx'), { painters: ['Munch'] });
    await ask('/organisations?country=xx', 'PUT', { painters: ['Klimt'] });
    assert.deepEqual(await ask('/organisations?country=xx'), { painters: ['Klimt'] });
    await ask('/persons/xx/Ola', 'DELETE');
    assert.deepEqual(await ask('/persons?country=xx'), { persons: [kari] });
    const { http, json } = await control(emulator.url, 'GET', '/persons/yy/Kari');
    assert.equal(http, 404);
    assert.match(JSON.stringify(json), /no or dk or xx/);
  });

  it('is in the directory, and serves its contract', async () => {
    const text = await (await fetch(emulator.url)).text();
    assert.match(text, /^Colours v1, profile \S+$/m);
    assert.match(text, /^ +ChooseColour: gives a person a colour$/m);
    const wsdl = await (await fetch(`${emulator.url}/colours-v1?wsdl`)).text();
    assert.match(wsdl, new RegExp(`<soap:address location="${emulator.url}/colours-v1"`));
    const schema = await fetch(`${emulator.url}/colours-v1?xsd=colours.xsd`);
    assert.match(await schema.text(), /targetNamespace="urn:example:colours"/);
  });

  it('keeps its state over a restart, and loses it by a reset, as the others do', async () => {
    const norwegians = async () => {
      const { persons } = (await ask('/persons?country=no')) as { persons: { id: string }[] };
      return persons.map(({ id }) => id);
    };
    const others = await norwegians();
    await post(signed('Kari', 'blue'));
    await emulator.close();
    emulator = await start();
    assert.match((await post(signed('Kari', 'red'))).text, /<c:before>blue<\/c:before>/);
    await ask('/reset', 'POST');
    assert.deepEqual(await ask('/persons?country=xx'), { persons: [] });
    assert.deepEqual(await norwegians(), others);
  });

  it('has a profile of its own where one is chosen, by its name', async () => {
    await emulator.close();
    const wanted = { port: 0, tlsPort: 0, log: 'silent', data, profiles: { colours: 'none' } } as const;
    emulator = await startEmulator(resolveOptions(wanted), { ...countries, xx: rainbow });
    assert.match(await (await fetch(emulator.url)).text(), /^Colours v1, profile none$/m);
    await emulator.close();
    await assert.rejects(startEmulator(resolveOptions(wanted)), /there is no service "colours"/);
  });

  it('comes to a register that had none, and changes nothing of the others', async () => {
    await emulator.close();
    data = await newDataDirectory();
    emulator = await startRunning({ data });
    await ask('/persons/no/12838410985', 'PUT', { reservert: true });
    const before = await ask('/persons?country=no');
    await emulator.close();
    emulator = await start();
    assert.deepEqual(await ask('/persons?country=no'), before);
    assert.equal((await post(signed('Kari', 'blue'))).http, 200);
  });
});
