// The archive of exchanges: in journal.db beside the register, on a thread of its own; or in the database that the register is in.

import { join } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Archive, Bounds, Lost, SharedArchive, Verbs } from '../journal/archive.ts';
import type { Engine } from './engine.ts';
import type { Server } from './open.ts';
import { keepPrivate } from './private.ts';
import { type Order, type Question, type Reply, serveJournal } from './sqlite/journal/serve.ts';

// Run from its TypeScript source there is no compiled file that a thread could start with: then it is served on this thread.
const compiled = import.meta.url.endsWith('.js');

/** The other end: a thread, or a port of this one. */
type End = Pick<Worker & MessagePort, 'postMessage' | 'ref' | 'unref'>;

const startThread = (order: Order, heard: (reply: Reply) => void, ended: (why: string) => void): End => {
  const worker = new Worker(new URL('./journal-worker.js', import.meta.url), { workerData: order });
  worker.on('message', heard);
  worker.on('error', (error) => ended(error instanceof Error ? error.message : String(error)));
  worker.on('exit', () => ended('its thread has ended'));
  return worker;
};

const startHere = (order: Order, heard: (reply: Reply) => void): End => {
  const { port1, port2 } = new MessageChannel();
  serveJournal(port2, order);
  port2.unref();
  port1.on('message', heard);
  return port1;
};

export interface ArchiveSettings {
  /** The data directory. */
  readonly directory: string;
  readonly bounds: Bounds;
  /** The real time, in milliseconds since 1970. */
  readonly real: () => number;
  /** Told what the user should know: that a file could not be used. */
  readonly onTold: (message: string) => void;
}

type Value = ReturnType<Verbs[keyof Verbs]> | Lost;

/** Asks one question after the other. The thread starts with the first, and keeps no program alive but while one is open. */
const createAsking = ({ bounds, real, onTold }: ArchiveSettings, file: string) => {
  const open = new Map<number, (value: Value) => void>();
  let end: End | undefined;
  let [asked, gone] = [0, ''];
  const heard = (reply: Reply): void => {
    if ('told' in reply) {
      onTold(reply.told);
      return;
    }
    open.get(reply.ask)?.(reply.value);
    open.delete(reply.ask);
    if (open.size === 0) end?.unref();
  };
  const ended = (why: string): void => {
    gone ||= why;
    for (const resolve of open.values()) resolve({ lost: `${file}: ${why}` });
    open.clear();
  };
  const start = (): End => {
    const order: Order = { file, bounds, now: real() };
    return compiled ? startThread(order, heard, ended) : startHere(order, heard);
  };
  return {
    started: () => end !== undefined,
    ask: (question: Omit<Question, 'ask'>, transfer: ArrayBuffer[] = []): Promise<Value> => {
      if (gone) return Promise.resolve({ lost: `${file}: ${gone}` });
      end ??= start();
      asked += 1;
      const ask = asked;
      end.ref();
      return new Promise((resolve) => {
        open.set(ask, resolve);
        end?.postMessage({ ...question, ask }, transfer);
      });
    },
    gone: (why: string): void => {
      gone ||= why;
    },
  };
};

/** Opens the archive of a data directory, of which the caller has the lock. */
export const openArchive = (settings: ArchiveSettings): Archive => {
  const file = join(settings.directory, 'journal.db');
  for (const one of [file, `${file}-wal`, `${file}-shm`]) keepPrivate(one);
  const asking = createAsking(settings, file);
  const asked = <Verb extends keyof Verbs>(verb: Verb): Archive[Verb] =>
    ((...given: unknown[]) => asking.ask({ verb, given } as Omit<Question, 'ask'>)) as Archive[Verb];
  return {
    append: (batch) =>
      asking.ask({ verb: 'append', given: [batch] }, [batch.octets.buffer]) as Promise<undefined | Lost>,
    list: asked('list'),
    find: asked('find'),
    note: asked('note'),
    noted: asked('noted'),
    clear: asked('clear'),
    prune: asked('prune'),
    size: asked('size'),
    close: async () => {
      const closing = asking.started() ? asking.ask({ verb: 'close', given: [] }) : undefined;
      asking.gone('it is closed');
      return (await closing) as undefined | Lost;
    },
  };
};

/**
 * Opens the archive that lies with a register in a database.
 *
 * @param engine of the same register
 */
export const openSharedArchive = async (
  server: Server,
  engine: Pick<Engine, 'hindrance' | 'value'>,
  bounds: Bounds,
): Promise<SharedArchive> => {
  // Who does not ask for it does not load it.
  const { createSharedArchive } = await import('./postgres/journal/archive.ts');
  return createSharedArchive(server, engine, bounds);
};
