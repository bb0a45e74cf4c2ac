// What a message costs, counted: a clock would tell as much of the machine as of the program.

import assert from 'node:assert/strict';
import { type Profiler, Session } from 'node:inspector';
import { XmlAttribute, XmlCData, XmlComment, XmlDocument, XmlElement, XmlText } from 'libxml2-wasm';
import type { Arena, HttpAnswer, HttpRequest } from './arena.ts';

/** What was done for a message; twice the message may make each twice as much, not four times. */
interface Work {
  /** Functions of the program and of libxml2's binding that were called; canonicalization calls back for every node. */
  readonly calls: number;
  /** Characters that the tree answered with: each was copied out of WebAssembly. */
  readonly characters: number;
  readonly canonicalizations: number;
  /** Canonical octets, each counted once more for every prefix of the PrefixList: it is looked up for every element. */
  readonly octets: number;
}

const none = { calls: 0, characters: 0, canonicalizations: 0, octets: 0 };

type Tally = { -readonly [Name in keyof Work]: Work[Name] };

/** The prototypes that nodes and documents answer from. */
const prototypes = (): Set<object> => {
  const found = new Set<object>();
  for (const { prototype } of [XmlDocument, XmlElement, XmlAttribute, XmlText, XmlCData, XmlComment])
    for (let one: object = prototype; one !== Object.prototype; one = Object.getPrototypeOf(one))
      found.add(one);
  return found;
};

interface Writer {
  write(chunk: Uint8Array): number;
  close(): boolean;
}

/** Counts what is written while a canonical form is made. */
const weighing = (tally: Tally, handler: Writer, prefixes: number): Writer => ({
  write: (chunk) => {
    tally.octets += chunk.byteLength * (1 + prefixes);
    return handler.write(chunk);
  },
  close: () => handler.close(),
});

type Asked = (this: unknown, ...given: unknown[]) => unknown;

const counting = (tally: Tally, name: string, ask: Asked): Asked =>
  function (...given) {
    if (name === 'canonicalize') {
      const [handler, options] = given as [Writer, { inclusiveNamespacePrefixes?: readonly string[] }?];
      tally.canonicalizations += 1;
      const prefixes = options?.inclusiveNamespacePrefixes?.length ?? 0;
      return ask.call(this, weighing(tally, handler, prefixes), options);
    }
    const answer = ask.apply(this, given);
    // libxml2 makes a union in quadratic time, out of sight.
    if (Array.isArray(answer) && String(given[0]).includes('|')) tally.calls += answer.length ** 2;
    if (typeof answer === 'string') tally.characters += answer.length;
    return answer;
  };

/** Has what the tree answers with counted, until what it returns is called. */
const listenIn = (tally: Tally): (() => void) => {
  const restored: (() => void)[] = [];
  for (const prototype of prototypes())
    for (const [name, own] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (name === 'constructor' || own.configurable !== true) continue;
      const { get, value } = own;
      const counted =
        get !== undefined
          ? { ...own, get: counting(tally, name, get) }
          : typeof value === 'function'
            ? { ...own, value: counting(tally, name, value) }
            : own;
      Object.defineProperty(prototype, name, counted);
      restored.push(() => Object.defineProperty(prototype, name, own));
    }
  return () => {
    for (const restore of restored) restore();
  };
};

const COUNTED = ['../../src/', '../../node_modules/libxml2-wasm/'].map(
  (path) => new URL(path, import.meta.url).href,
);

/** How many functions were called since it was last asked. */
const callsOf = ({ result }: Profiler.TakePreciseCoverageReturnType): number =>
  result
    .filter(({ url }) => COUNTED.some((folder) => url.startsWith(folder)))
    .flatMap(({ functions }) => functions)
    .reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);

/** Where coverage is measured the counts are its own: taking them would lose them. */
const counted = process.env.KONTAKT_COVERAGE === undefined;

let session: Session | undefined;

const countCalls = (): Promise<number> =>
  new Promise((resolve, reject) => {
    if (!counted) {
      resolve(0);
      return;
    }
    if (!session) {
      session = new Session();
      session.connect();
      session.post('Profiler.enable');
      session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    }
    session.post('Profiler.takePreciseCoverage', (error, result) =>
      error ? reject(error) : resolve(callsOf(result)),
    );
  });

/** Ends the counting; it makes the process slower. */
export const stopCounting = (): void => {
  session?.disconnect();
  session = undefined;
};

/** Runs something and says what it cost this process. */
const measure = async <Result>(
  run: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly work: Work }> => {
  const tally: Tally = { ...none };
  await countCalls();
  const restore = listenIn(tally);
  try {
    const result = await run();
    tally.calls += await countCalls();
    return { result, work: tally };
  } finally {
    restore();
  }
};

/** How much a message may cost: so much in any case, and so much for each of its bytes. */
const PRICES: Readonly<Record<keyof Work, readonly [base: number, each: number]>> = {
  calls: [100_000, 10],
  characters: [20_000, 4],
  canonicalizations: [20, 0],
  octets: [100_000, 4],
};

const bytesOf = (request: HttpRequest | string | Buffer): number =>
  Buffer.byteLength(typeof request === 'string' || Buffer.isBuffer(request) ? request : (request.body ?? ''));

/**
 * Sends a message, which must cost the emulator no more than its length allows.
 *
 * @param calls how many times as many calls as usual it may cost
 */
export const postCheaply = async (
  arena: Arena,
  request: HttpRequest | string | Buffer,
  calls = 1,
): Promise<HttpAnswer> => {
  const { result, work } = await measure(() => arena.post(request));
  const bytes = bytesOf(request);
  for (const name of ['calls', 'characters', 'canonicalizations', 'octets'] as const) {
    const [base, each] = PRICES[name];
    const most = (base + each * bytes) * (name === 'calls' ? calls : 1);
    assert.ok(work[name] <= most, `${work[name]} ${name} for ${bytes} bytes, at most ${most}`);
  }
  return result;
};
