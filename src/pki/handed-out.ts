// What of the PKI is handed out to whoever may use the control interface: its clients and what is public, never a key of its own.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Issued } from './issued.ts';
import { authorityPaths, LEGACY, TRUST, TRUST_STORE } from './layout.ts';
import type { Identity, Pki } from './pki.ts';

/** A client with the names of its files; those that `kontakt cert new` made are among them. */
export interface HandedClient {
  readonly name: string;
  readonly certificatePem: string;
  readonly files: readonly string[];
}

export interface HandedOut {
  readonly clients: () => readonly HandedClient[];
  /** The content of a file by its bare name; undefined: there is none that is handed out. */
  readonly file: (name: string) => Promise<Buffer | undefined>;
}

/** A name of a client's file, as `kontakt cert new` makes them. */
const CLIENT_FILE = /^([A-Za-z0-9][A-Za-z0-9._-]*)\.(pem|key|p12)$/;

type Read = (name: string) => Buffer | undefined;

/** The files of the clients of a folder, by their names: links are none, so that nothing else is ever read. */
const inFolder = (folder: string): { names: () => string[]; read: Read } => {
  const clients = join(folder, 'clients');
  const names = (): string[] =>
    readdirSync(clients, { withFileTypes: true })
      .filter((entry) => entry.isFile() && CLIENT_FILE.test(entry.name))
      .map(({ name }) => name);
  return {
    names,
    read: (name) => (names().includes(name) ? readFileSync(join(clients, name)) : undefined),
  };
};

const filesOf = ({ name, certificatePem, keyPem, p12, legacyP12 }: Identity): [string, Buffer][] => [
  [`${name}.pem`, Buffer.from(certificatePem)],
  [`${name}.key`, Buffer.from(keyPem)],
  [`${name}.p12`, p12],
  [`${name}${LEGACY}.p12`, legacyP12],
];

const inMemory = ({ clients }: Pki): { names: () => string[]; read: Read } => {
  let made: ReadonlyMap<string, Buffer> | undefined;
  const files = (): ReadonlyMap<string, Buffer> => {
    made ??= new Map([...clients.values()].flatMap(filesOf));
    return made;
  };
  return { names: () => [...files().keys()], read: (name) => files().get(name) };
};

const ENDINGS = ['.pem', '.key', '.p12', `${LEGACY}.p12`];

/** The name of the client that a file belongs to. */
const ownerOf = (file: string): string => {
  const ending = ENDINGS.findLast((one) => file.endsWith(one)) ?? '';
  return file.slice(0, file.length - ending.length);
};

/** The files of all clients: those of a client that was issued since stand in place of others that it had. */
const filesIn = (pki: Pki, issued: Issued): { names: () => string[]; read: Read } => {
  const { names, read } = pki.directory === undefined ? inMemory(pki) : inFolder(pki.directory);
  const isIssued = (file: string): boolean => issued.has(ownerOf(file));
  return {
    names: () => [...names().filter((file) => !isIssued(file)), ...issued.names()],
    read: (file) => (isIssued(file) ? issued.read(file) : read(file)),
  };
};

const clientsAmong = (files: ReturnType<typeof filesIn>): readonly HandedClient[] => {
  const all = files.names();
  return all
    .filter((name) => name.endsWith('.pem'))
    .map(ownerOf)
    .sort()
    .map((name) => ({
      name,
      certificatePem: (files.read(`${name}.pem`) ?? '').toString('utf8'),
      files: ENDINGS.map((ending) => name + ending).filter((file) => all.includes(file)),
    }));
};

/** The clients of a PKI, with those that were issued since. */
export const clientsOf = (pki: Pki, issued: Issued): readonly HandedClient[] =>
  clientsAmong(filesIn(pki, issued));

/**
 * @param serverPem the certificate that the emulator signs with
 * @param issued clients beside those of the PKI
 */
export const handOut = (pki: Pki, serverPem: string, issued: Issued): HandedOut => {
  const files = filesIn(pki, issued);
  const [rootList = Buffer.alloc(0), issuingList = Buffer.alloc(0)] = pki.crls;
  const list = (kind: 'root' | 'issuing', first: Buffer): Buffer =>
    pki.directory === undefined ? first : readFileSync(join(pki.directory, authorityPaths(kind).revocations));
  const open: Readonly<Record<string, () => Buffer | Promise<Buffer>>> = {
    [TRUST]: () => Buffer.from(pki.trustPem),
    [TRUST_STORE]: pki.trustStore,
    'server.pem': () => Buffer.from(serverPem),
    'root.crl': () => list('root', rootList),
    'issuing.crl': () => issued.revocations ?? list('issuing', issuingList),
  };
  return {
    clients: () => clientsAmong(files),
    file: async (name) => (Object.hasOwn(open, name) ? open[name]?.() : files.read(name)),
  };
};
