// The messages that gSOAP makes with one setting wrong, and with it right: three clients by soapcpp2.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from '../stage.ts';
import { run } from '../tool.ts';
import { type Recorded, recorded } from './recorder.ts';

const SOURCES = join(import.meta.dirname, 'gsoap');

/** How a client is made: from which header, with which options of soapcpp2. */
const clients = {
  plain: { header: 'element.h', options: [] },
  typed: { header: 'element.h', options: ['-t'] },
  named: { header: 'operation.h', options: [] },
} as const;
type Client = keyof typeof clients;

const FUNCTIONS = {
  'element.h': 'soap_call_post__OpprettPostkasseForespoersel',
  'operation.h': 'soap_call_post__OpprettPostkasse',
} as const;

const wrong: Readonly<Record<string, readonly [client: Client, ...args: string[]]>> = {
  mtom: ['plain', 'package'],
  'rpc-wrapper': ['named'],
  'xsi-type-unknown': ['typed'],
};

const build = async ({ directory }: Stage, name: Client): Promise<string> => {
  const { header, options } = clients[name];
  const folder = join(directory, `gsoap-${name}`);
  mkdirSync(folder);
  const steps = [
    ['soapcpp2', '-C', '-L', '-x', '-w', '-1', ...options, join(SOURCES, header)],
    [
      ...['g++', '-O0', '-w', '-I.', `-DCALL=${FUNCTIONS[header]}`, '-o', 'client'],
      ...[join(SOURCES, 'client.cpp'), 'soapC.cpp', 'soapClient.cpp', '-lgsoap++'],
    ],
  ];
  for (const [command = '', ...args] of steps) {
    const { ok, said } = await run(command, args, { directory: folder });
    assert.ok(ok, said);
  }
  return join(folder, 'client');
};

/** Lets the clients send all cases. */
export const sentByGsoap = async (
  stage: Stage,
  cases: readonly { readonly cause: string; readonly wrong: boolean }[],
): Promise<Recorded[]> => {
  const programs = new Map<Client, string>();
  for (const name of Object.keys(clients) as Client[]) programs.set(name, await build(stage, name));
  const said: string[] = [];
  return recorded(cases.length, async (address) => {
    for (const one of cases) {
      const [client, ...args] = (one.wrong ? wrong[one.cause] : undefined) ?? ['plain'];
      said.push((await run(programs.get(client) ?? '', [address, ...args])).said);
    }
    return said.join('\n');
  });
};
