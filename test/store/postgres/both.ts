// Two emulators over one database and one folder of certificates.

import assert from 'node:assert/strict';
import { createEmulator, type Emulator } from '../../../src/index.ts';
import { newDataDirectory } from '../../directories.ts';
import { control } from '../../running.ts';
import type { Options } from '../../starting.ts';
import { cluster } from './cluster.ts';

export interface Both {
  readonly store: string;
  readonly data: string;
  readonly one: Emulator;
  readonly other: Emulator;
  close(): Promise<void>;
}

export const openBoth = async (options: Options = {}): Promise<Both> => {
  const [store, data] = [cluster().database(), await newDataDirectory()];
  const open = (): Promise<Emulator> =>
    createEmulator({
      port: 0,
      tlsPort: 0,
      log: 'silent',
      store,
      data,
      profile: 'observed',
      storeTimeout: 30,
      ...options,
    } as never);
  const [one, other] = await Promise.all([open(), open()]);
  return {
    store,
    data,
    one,
    other,
    close: async () => {
      await one.close();
      await other.close();
    },
  };
};

/** An answer of the control interface that must be one. */
export const asked = async <Answer>(
  { url }: Pick<Emulator, 'url'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> => {
  const { http, json } = await control(url, method, path, body);
  assert.equal(http, 200, JSON.stringify(json));
  return json as Answer;
};
