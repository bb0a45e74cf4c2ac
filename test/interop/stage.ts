// The place where a test plays: a running emulator, a folder with the files a client would have, and the ways to ask.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { openPki } from '../../src/pki/pki.ts';
import { newDirectory } from '../directories.ts';
import { type Options, openEmulator } from '../starting.ts';

/** A mailbox as the control interface shows it. */
interface Mailbox {
  readonly leverandoer: string;
  readonly adresse: string;
  readonly aktiv: boolean;
  readonly sertifikat?: string;
}

/** What came back for a message. */
export interface Reply {
  readonly status: number;
  readonly body: Buffer;
  /** The journal's code for what was wrong; undefined when nothing was. */
  readonly problem: string | undefined;
}

export interface Stage {
  readonly emulator: Emulator;
  /** The address of the mailbox providers' service. */
  readonly service: string;
  /** PEM files of a mailbox provider (leaf only) and of the server (leaf only), and the CA certificates. */
  readonly files: Readonly<Record<'key' | 'certificate' | 'server' | 'trust', string>>;
  readonly directory: string;
  /** Writes a file into the stage's folder and returns its path. */
  write(name: string, content: string | Buffer): string;
  post(message: string | Buffer, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  /** The code of the last problem in the journal. */
  lastProblem(): Promise<string | undefined>;
  mailboxes(person: string): Promise<readonly Mailbox[]>;
  close(): Promise<void>;
}

/** The first certificate of a PEM chain. */
export const leafOf = (chain: string): string => {
  const [leaf] = chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/) ?? [];
  assert.ok(leaf, 'a certificate');
  return leaf;
};

/** Folders of certificates that no open stage has. To make one takes seconds. */
const free: string[] = [];

const madeCertificates = async (): Promise<string> => {
  const folder = join(newDirectory(), 'pki');
  await openPki(folder, new Date());
  return folder;
};

/** Opens a stage for `digipost`, an approved provider. */
export const openStage = async (options: Options = {}): Promise<Stage> => {
  // What one stage signs, another that is open must not believe.
  const certificates = free.pop() ?? (await madeCertificates());
  const own = { inMemory: true, pki: join(newDirectory(), 'pki') };
  cpSync(certificates, own.pki, { recursive: true });
  const emulator = await openEmulator({ port: 0, tlsPort: 0, log: 'silent', ...own, ...options });
  const { url, pki } = emulator;
  const client = pki.clients.get('digipost');
  assert.ok(client, 'the client digipost');
  const directory = mkdtempSync(join(tmpdir(), 'kontakt-interop-'));
  const write = (name: string, content: string | Buffer): string => {
    const path = join(directory, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const ask = async (path: string): Promise<unknown> => {
    const response = await fetch(`${url}/_emulator/${path}`);
    assert.equal(response.status, 200, path);
    return response.json();
  };
  const lastProblem = async (): Promise<string | undefined> => {
    const { entries } = (await ask('journal?limit=1')) as { entries: { problem?: string }[] };
    return entries[0]?.problem;
  };
  const service = `${url}/ws-postkasseleverandoer-v1`;
  return {
    emulator,
    service,
    files: {
      key: write('client.key', client.keyPem),
      certificate: write('client.pem', leafOf(client.certificatePem)),
      server: write('server.pem', leafOf(pki.server.certificatePem)),
      trust: write('trust.pem', pki.trustPem),
    },
    directory,
    write,
    post: async (message, headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' }) => {
      const response = await fetch(service, {
        method: 'POST',
        headers,
        body: message,
      });
      const body = Buffer.from(await response.arrayBuffer());
      return { status: response.status, body, problem: await lastProblem() };
    },
    lastProblem,
    mailboxes: async (person) =>
      ((await ask(`persons/no/${person}`)) as { postkasser: readonly Mailbox[] }).postkasser,
    close: async () => {
      await emulator.close();
      free.push(certificates);
      rmSync(directory, { recursive: true });
    },
  };
};

/** Opens a stage for the tests of the surrounding describe, and closes it after them. */
export const staged = (options?: Options): (() => Stage) => {
  let stage: Stage | undefined;
  before(async () => {
    stage = await openStage(options);
  });
  after(() => stage?.close());
  return () => {
    assert.ok(stage, 'an open stage');
    return stage;
  };
};
