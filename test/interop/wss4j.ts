// WSS4J in a Java machine of its own: compiled and started once, then given one job after another.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { WSS4J } from './stacks.ts';
import type { Stage } from './stage.ts';
import { run } from './tool.ts';

/** What WSS4J found in an answer. */
export interface Findings {
  /** Why WSS4J refused to go on; then nothing else is there. */
  readonly failed?: string;
  /** What broke the Basic Security Profile, where the answer could be read without it only. */
  readonly complaint?: string;
  readonly http?: number;
  /** SignatureValue of the request. */
  readonly sent?: string;
  readonly element?: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** The signed elements, in the order of the references. */
  readonly signed?: readonly string[];
  /** The signer's certificate: base64 of its DER. */
  readonly signer?: string;
  readonly signatureMethod?: string;
  /** Value of the SignatureConfirmation. */
  readonly confirmed?: string;
  /** The encrypted parts, and the algorithms of key and content. */
  readonly encrypted?: readonly string[];
  readonly transport?: string;
  readonly content?: string;
}

/** How KeyInfo names the signer's certificate. */
export type Identifier = 'direct' | 'issuer-serial' | 'subject-key-identifier' | 'thumbprint';

interface Call {
  readonly operation: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly identifier?: Identifier;
  /** Signed by rsa-sha1 with SHA-1 digests. */
  readonly old?: boolean;
  /** The certificate is signed too, by STR-Transform. */
  readonly token?: boolean;
}

/** How WSS4J, in the server's place, protects an answer. */
export interface Protection {
  /** Signs anew, with a SignatureConfirmation of this value. */
  readonly confirms?: string;
  readonly content?: string;
  readonly transport?: string;
  /** Whose key signs, where it is not the server's. */
  readonly server?: string;
}

/** Who is who, where not everybody is who they are by default. */
interface Parties {
  readonly client?: string;
  readonly server?: string;
}

/** A message as it came, what it is once decrypted, and what WSS4J says of it. */
export interface Reading {
  readonly findings: Findings;
  readonly wire: string;
  readonly plain: string;
}

export interface Client {
  /** Signs and sends a request as `digipost`, and reads the answer. */
  call(stage: Stage, call: Call): Promise<Reading>;
  /** Reads an answer, by default as `digipost`. */
  read(stage: Stage, answer: string | Buffer, client?: string): Promise<Reading>;
  /** Protects the answer in a file anew, and returns the new file. */
  protect(stage: Stage, wire: string, protection: Protection): Promise<string>;
}

type Ask = (verb: string, values: Readonly<Record<string, string>>) => Promise<Findings>;

const build = async (directory: string): Promise<string> => {
  const sources = join(import.meta.dirname, 'java', 'wss4j');
  const files = readdirSync(sources).map((name) => join(sources, name));
  const { ok, said } = await run('javac', ['-encoding', 'UTF-8', '-cp', WSS4J, '-d', directory, ...files]);
  assert.ok(ok, said);
  return [WSS4J, directory].join(delimiter);
};

const start = (classpath: string): { ask: Ask; end: () => void } => {
  const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
  const child = spawn('java', [...quick, '-cp', classpath, 'MailboxClient']);
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (verb, values) => {
      const pairs = Object.entries(values).map((pair) => pair.join('='));
      child.stdin.write(`${[verb, ...pairs].join('\t')}\n`);
      const { done, value } = await answers.next();
      assert.ok(!done, said.join(''));
      return JSON.parse(value);
    },
    end: () => child.stdin.end(),
  };
};

const createClient = (ask: Ask): Client => {
  let count = 0;
  /** Puts what both parties have into the stage's folder. */
  const places = (
    { emulator: { pki }, directory, write }: Stage,
    { client = 'digipost', server = pki.server.name }: Parties = {},
  ) => {
    for (const [party, name] of Object.entries({ client, server })) {
      const identity = name === pki.server.name ? pki.server : pki.clients.get(name);
      assert.ok(identity, `the identity ${name}`);
      write(`${party}.p12`, identity.p12);
    }
    for (const [index, crl] of pki.crls.entries()) write(`${index}.crl`, crl);
    count += 1;
    const path = (kind: string): string => join(directory, `wss4j-${count}-${kind}.xml`);
    return { at: directory, wire: path('wire'), plain: path('plain') };
  };
  return {
    call: async (stage, { operation, fields, identifier = 'direct', old = false, token = false }) => {
      const { at, wire, plain } = places(stage);
      const dotted = Object.fromEntries(Object.entries(fields).map(([key, value]) => [`.${key}`, value]));
      const request = {
        service: stage.service,
        operation,
        identifier,
        old: String(old),
        token: String(token),
        ...dotted,
      };
      return { findings: await ask('call', { at, wire, plain, ...request }), wire, plain };
    },
    read: async (stage, answer, client) => {
      const { at, wire, plain } = places(stage, client === undefined ? {} : { client });
      writeFileSync(wire, answer);
      return { findings: await ask('read', { at, wire, plain }), wire, plain };
    },
    protect: async (stage, wire, { server, ...protection }) => {
      const { at, plain: to } = places(stage, server === undefined ? {} : { server });
      const { failed } = await ask('protect', { at, wire, to, ...protection });
      assert.equal(failed, undefined);
      return to;
    },
  };
};

/** Starts WSS4J for the tests of the surrounding describe, and ends it after them. */
export const wss4j = (): (() => Client) => {
  let directory: string | undefined;
  let client: Client | undefined;
  let end = (): void => undefined;
  before(async function () {
    this.timeout(180_000);
    directory = mkdtempSync(join(tmpdir(), 'kontakt-wss4j-'));
    const machine = start(await build(directory));
    end = machine.end;
    client = createClient(machine.ask);
  });
  after(() => {
    end();
    if (directory) rmSync(directory, { recursive: true });
  });
  return () => {
    assert.ok(client, 'a running Java machine');
    return client;
  };
};
