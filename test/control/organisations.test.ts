// Organisations replaced while the emulator runs: the next call is judged by them, whatever was known before.

import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { call, outcome } from '../dfdg/calling.ts';
import { clientOf, control, DIGIPOST, operationOf, post, signed, startRunning } from '../running.ts';

interface Danish {
  readonly organisations: readonly { readonly type: number; readonly code: string; readonly cvr: string }[];
  readonly relations: readonly unknown[];
}
interface Norwegian {
  readonly providers: readonly { readonly orgnr: string }[];
  readonly relations: readonly unknown[];
}

const MUNICIPALITY = 7;
const OTHER_CVR = '13585628';

describe('organisations replaced', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());

  const list = async (country: string): Promise<unknown> =>
    (await control(emulator.url, 'GET', `/organisations?country=${country}`)).json;
  const replace = async (country: string, content: unknown): Promise<void> => {
    const { http, json } = await control(emulator.url, 'PUT', `/organisations?country=${country}`, content);
    assert.ok(http < 300, JSON.stringify(json));
  };

  it('decide from the next Norwegian call on, and so do the old ones when they are back', async () => {
    const [values = {}] = operationOf('KanVelgeSikkerDigitalPostkasse').examples;
    const answer = async (): Promise<string> =>
      (
        await post(
          emulator.url,
          signed('KanVelgeSikkerDigitalPostkasse', values, clientOf(emulator, 'digipost')),
        )
      ).status;
    const before = (await list('no')) as Norwegian;
    assert.equal(await answer(), 'JA');
    await replace('no', { ...before, providers: before.providers.filter(({ orgnr }) => orgnr !== DIGIPOST) });
    assert.equal(await answer(), 'NEI UGYLDIG_ORGNR');
    await replace('no', before);
    assert.equal(await answer(), 'JA');
  });

  const asMunicipality = async (): Promise<string> =>
    outcome(await call(emulator, 'reminder', 'GetPersonContactData', { client: 'kommune' }));
  /** The organisations as they are, but the municipality belongs to somebody else. */
  const elsewhere = ({ organisations }: Danish): Danish => ({
    organisations: organisations.map((one) => (one.type === MUNICIPALITY ? { ...one, cvr: OTHER_CVR } : one)),
    relations: [],
  });

  it('decide from the next Danish call on, and so do the old ones when they are back', async () => {
    const before = (await list('dk')) as Danish;
    const usual = await asMunicipality();
    assert.notEqual(usual, '4575');
    await replace('dk', elsewhere(before));
    assert.deepEqual(await list('dk'), elsewhere(before));
    assert.equal(await asMunicipality(), '4575');
    await replace('dk', before);
    assert.equal(await asMunicipality(), usual);
  });

  it('are forgotten by a reset: those of the seed decide again', async () => {
    const usual = await asMunicipality();
    await replace('dk', elsewhere((await list('dk')) as Danish));
    assert.equal(await asMunicipality(), '4575');
    assert.ok((await control(emulator.url, 'POST', '/reset')).http < 300);
    assert.equal(await asMunicipality(), usual);
  });

  it('that are refused leave the old ones deciding', async () => {
    const usual = await asMunicipality();
    const before = (await list('dk')) as Danish;
    const { organisations } = elsewhere(before);
    const broken = { organisations: [...organisations, { type: MUNICIPALITY }], relations: [] };
    const { http } = await control(emulator.url, 'PUT', '/organisations?country=dk', broken);
    assert.equal(http, 400);
    assert.deepEqual(await list('dk'), before);
    assert.equal(await asMunicipality(), usual);
  });

  it('are refused where one of them is there twice, and nothing has changed', async () => {
    const before = (await list('dk')) as Danish;
    const twice = {
      ...before,
      organisations: [...before.organisations, ...before.organisations.slice(0, 1)],
    };
    const { http, json } = await control(emulator.url, 'PUT', '/organisations?country=dk', twice);
    assert.equal(http, 400);
    assert.match((json as { detail: string }).detail, /organisations\.\d+\.code: .*twice/);
    assert.deepEqual(await list('dk'), before);
  });

  it('lose no relation that is added while a seed with a part of them is added', async () => {
    const { providers } = (await list('no')) as Norwegian;
    const service = 'OPPSLAGSTJENESTEN';
    const added = providers.map(({ orgnr }) => ({ organisation: DIGIPOST, onBehalfOf: orgnr, service }));
    await Promise.all(
      added.flatMap((relation) => [
        control(emulator.url, 'POST', '/relations?country=no', { add: [relation] }),
        control(emulator.url, 'POST', '/seed', { providers }),
      ]),
    );
    const { relations } = (await list('no')) as Norwegian;
    for (const relation of added)
      assert.ok(
        relations.some((one) => isDeepStrictEqual(one, relation)),
        JSON.stringify(relation),
      );
  });
});
