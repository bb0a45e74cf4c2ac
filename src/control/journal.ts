// The journal as the switches show it: lists, one exchange, the octets of its messages.

import type { Side } from '../explain/exchange-octets.ts';
import type { Explained } from '../explain/explained.ts';
import type { Portable } from '../explain/portable.ts';
import type { Tree, TreeAsked } from '../explain/tree/exchange-tree.ts';
import { isLost, type Lost, summaryOf } from '../journal/archive.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { History } from '../journal/history.ts';
import type { Journal } from '../journal/journal.ts';
import { maskMessage } from '../journal/mask.ts';
import { viewEntry, viewMessage } from '../journal/view.ts';
import { brief } from '../kernel/brief.ts';
import { type RowsAsked, readExchanges, readId } from './asked.ts';
import { ControlError, unavailableNow } from './problem.ts';

export type EntryView = ReturnType<typeof viewEntry>;

/** Which exchanges are asked for; what is left out asks for nothing. */
export interface ExchangesAsked extends RowsAsked {
  /** The code of a problem, such as `security.replay`. */
  readonly problem?: string | undefined;
  /** Only those that were refused. */
  readonly problems?: boolean | undefined;
  readonly operation?: string | undefined;
  readonly service?: string | undefined;
}

export interface JournalControl {
  /** Newest first. */
  list(asked: ExchangesAsked, unmasked: boolean): Promise<EntryView[]>;
  find(id: string, unmasked: boolean): Promise<EntryView | undefined>;
  /** @throws (rejects) ControlError when there is none */
  get(id: string, unmasked: boolean): Promise<EntryView>;
  /** @throws (rejects) ControlError when there is no such exchange or side */
  message(id: string, side: string, unmasked: boolean): Promise<Uint8Array>;
  /**
   * Searches for what was done to the message, and proves it.
   *
   * @param profile judges the message itself by another profile than that of then
   * @throws (rejects) ControlError when there is no such exchange or profile, or no profile judges it
   */
  explanation(id: string, unmasked: boolean, profile?: string): Promise<Explained>;
  /**
   * The canonical octets of a reference: its URI, its place from 1, or `SignedInfo`.
   *
   * @param side request or response
   * @throws (rejects) ControlError when there is no such exchange, side or reference
   */
  octets(id: string, reference: string, side: string, unmasked: boolean): Promise<Uint8Array>;
  /**
   * A part of a message as a tree, with what is signed by which reference.
   *
   * @throws (rejects) ControlError when there is no such exchange, side or part, or it is no XML
   */
  tree(id: string, asked: TreeQuery, unmasked: boolean): Promise<Tree>;
  /**
   * One exchange as a file.
   *
   * @throws (rejects) ControlError when there is none
   */
  exported(id: string, unmasked: boolean): Promise<Portable>;
  /** Forgets all exchanges. */
  clear(): Promise<void>;
  /** Tells of every exchange when it is over; returns what ends that. */
  subscribe(listener: (entry: EntryView) => void, unmasked: boolean): () => void;
}

/** Which part of a tree is asked for: the nodes of an element, of those `count` from the node `from` on. */
export interface TreeQuery {
  readonly side?: string | undefined;
  /** The place of the element, as the tree has it. */
  readonly at?: string | undefined;
  readonly from?: string | undefined;
  readonly count?: string | undefined;
}

/** Explains an exchange. */
export type Explain = (entry: JournalEntry, unmasked: boolean) => Promise<Explained>;

/** Explains it under a profile by its name; or says why that cannot be. */
export type ExplainUnder = (
  entry: JournalEntry,
  profile: string,
  unmasked: boolean,
) => Promise<Explained | { readonly none: string }>;

/** What the journal is connected to. */
export interface JournalParts {
  readonly journal: Pick<Journal, 'subscribe'>;
  readonly history: History;
  readonly explain: Explain;
  readonly explainUnder: ExplainUnder;
  /** The canonical octets of a reference, or why there are none. */
  readonly octets: (entry: JournalEntry, reference: string, side: Side) => Buffer | { readonly none: string };
  /** A part of a message as a tree, or why there is none. */
  readonly tree: (
    entry: JournalEntry,
    asked: TreeAsked,
    unmasked: boolean,
  ) => Promise<Tree | { readonly none: string }>;
  readonly exported: (entry: JournalEntry, unmasked: boolean) => Promise<Portable>;
  /** Whether other emulators of the same register have journals of their own. */
  readonly others: boolean;
}

/** Where an exchange may be that the journal does not have. */
const ELSEWHERE =
  '; each emulator of a shared register has a journal of its own: ask the one that answered the exchange';

/** @throws ControlError where the archive cannot be used */
const orUnavailable = <Value>(value: Value | Lost): Value => {
  if (isLost(value)) throw unavailableNow({ loss: value.lost, passes: false });
  return value;
};

const PLACE = /^0(?:\.\d+)*$/;

const readSide = (side: string): Side => {
  if (side === 'request' || side === 'response') return side;
  throw new ControlError(400, 'side is request or response');
};

export const controlJournal = ({
  journal,
  history,
  explain,
  explainUnder,
  octets,
  tree,
  exported,
  others,
}: JournalParts): JournalControl => {
  const find = async (id: string) => orUnavailable(await history.find(id));
  const get = async (id: string) => {
    const entry = orUnavailable(await history.expect(id));
    if (!entry)
      throw new ControlError(
        404,
        `the journal has no exchange ${id}, or not any more${others ? ELSEWHERE : ''}`,
      );
    return entry;
  };
  return {
    list: async (asked, unmasked) => {
      const { problem, problems: refused = false, operation, service } = asked;
      const after = readId('after', asked.after);
      const before = readId('before', asked.before);
      const limit = readExchanges(asked);
      const all = await history.list({ limit, after, before, problem, refused, operation, service });
      return all.map((one) => viewEntry(one, unmasked));
    },
    find: async (id, unmasked) => {
      const entry = await find(id);
      return entry && viewEntry(summaryOf(entry), unmasked);
    },
    get: async (id, unmasked) => viewEntry(summaryOf(await get(id)), unmasked),
    message: async (id, side, unmasked) => {
      const read = readSide(side);
      return viewMessage((await get(id))[read], unmasked);
    },
    explanation: async (id, unmasked, profile) => {
      const entry = await get(id);
      if (profile === undefined) return explain(entry, unmasked);
      const told = await explainUnder(entry, profile, unmasked);
      if ('none' in told) throw new ControlError(400, told.none);
      return told;
    },
    octets: async (id, reference, given, unmasked) => {
      const side = readSide(given);
      const found = octets(await get(id), reference, side);
      if ('none' in found) throw new ControlError(404, found.none);
      return unmasked ? found : maskMessage(found);
    },
    tree: async (id, { side = 'request', at, from, count }, unmasked) => {
      if (at !== undefined && !PLACE.test(at))
        throw new ControlError(400, `at is the place of an element, such as 0.1, not ${brief(at)}`);
      const asked = { at, from: readId('from', from), count: readId('count', count) };
      const found = await tree(await get(id), { side: readSide(side), ...asked }, unmasked);
      if ('none' in found) throw new ControlError(404, found.none);
      return found;
    },
    exported: async (id, unmasked) => exported(await get(id), unmasked),
    clear: async () => void orUnavailable(await history.clear()),
    subscribe: (listener, unmasked) =>
      journal.subscribe((entry) => listener(viewEntry(summaryOf(entry), unmasked))),
  };
};
