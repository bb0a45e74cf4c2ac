// Clients that were issued while an emulator runs and that no folder has: kept as long as it runs.

import { UserError } from '../kernel/user-error.ts';
import { authorityPaths, type PkiFiles } from './layout.ts';

/** A client of this name is there already. */
export class ClientExists extends UserError {
  /** @param what is there */
  constructor(what: string) {
    super((name) => `${what} exists; choose another name, or replace it with ${name('force')}`);
  }
}

export interface Issued {
  /** Another number when something was added. */
  readonly revision: number;
  /** The bare names of the files of clients. */
  names(): readonly string[];
  /** By its bare name. */
  read(file: string): Buffer | undefined;
  /** Whether a client of this name was issued. */
  has(client: string): boolean;
  /** The certificates of all, PEM. */
  certificates(): readonly string[];
  /** The list that revokes those that are to be, beside all that were before. */
  readonly revocations: Buffer | undefined;
  /** Adds the files of a client, in place of those that it had. */
  add(client: string, files: PkiFiles): void;
}

const CLIENTS = 'clients/';

export const createIssued = (): Issued => {
  const clients = new Map<string, ReadonlyMap<string, Buffer>>();
  let revocations: Buffer | undefined;
  let revision = 0;
  const all = (): [string, Buffer][] => [...clients.values()].flatMap((files) => [...files]);
  return {
    get revision() {
      return revision;
    },
    get revocations() {
      return revocations;
    },
    names: () => all().map(([name]) => name),
    read: (file) => all().find(([name]) => name === file)?.[1],
    has: (client) => clients.has(client),
    certificates: () =>
      all()
        .filter(([name]) => name.endsWith('.pem'))
        .map(([, pem]) => pem.toString('utf8')),
    add: (client, files) => {
      const own = [...files].filter(([path]) => path.startsWith(CLIENTS));
      clients.set(client, new Map(own.map(([path, content]) => [path.slice(CLIENTS.length), content])));
      revocations = files.get(authorityPaths('issuing').revocations) ?? revocations;
      revision += 1;
    },
  };
};
