// Why an exchange of the journal was refused: its request, judged by what it was judged by then.

import { setImmediate } from 'node:timers/promises';
import type { JournalEntry } from '../journal/entry.ts';
import { maskMessage, maskText } from '../journal/mask.ts';
import { isProblem, type QName } from '../kernel/problem.ts';
import { type Anatomy, takeApart } from '../security/anatomy.ts';
import type { Profile } from '../security/profiles/profile.ts';
import { reportMessage } from '../security/report.ts';
import type { SignerCache } from '../security/signer.ts';
import { readMessage } from '../soap/read.ts';
import type { ReadHolder } from './certificate.ts';
import { documentOf } from './document.ts';
import { type Explaining, explainMessage } from './explain.ts';
import type { Explained, ExplainedCause } from './explained.ts';
import type { Hide } from './octets/difference.ts';
import { askElsewhere } from './opinion/elsewhere.ts';
import { questionOf, toldOpinion } from './opinion/opinion.ts';
import { partsOf } from './parts.ts';
import type { KnownKey } from './signed/search.ts';

/** How long a search may keep the thread, in milliseconds. */
const SLICE = 10;

/** Runs a search in slices, so that others are served meanwhile. */
const inSlices = async <Result>(searching: Generator<void, Result>): Promise<Result> => {
  for (;;) {
    const until = performance.now() + SLICE;
    while (performance.now() < until) {
      const { done, value } = searching.next();
      if (done) return value;
    }
    await setImmediate();
  }
};

/** The charset parameter of a Content-Type; it was read before, so that nothing is to be said of its form. */
const charsetIn = (contentType = ''): string | undefined =>
  /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];

/** The refusal as it was told, where nothing of the message's security led to it. */
const toldThen = ({ problem, explanation }: JournalEntry): ExplainedCause[] => {
  if (!explanation) return [];
  const { check, expected, found, rule, remedy, where } = explanation;
  return [
    {
      cause: (problem ?? check).replace(/^[^.]*\./, ''),
      certain: true,
      sentence: `${check}: ${found}`,
      evidence: { expected, found },
      rule,
      remedy,
      ...(where === undefined ? {} : { where: [where] }),
    },
  ];
};

/** What judges messages of the journal. */
export interface ExchangeMaterial {
  readonly signers: SignerCache;
  readonly known: () => readonly KnownKey[];
  /** The header blocks, besides Security, that a service takes notice of. */
  readonly processed: (service: string | undefined) => readonly QName[];
  readonly readHolder: ReadHolder;
  /** What the contracts say of refusals by their rules; nothing where it was none of those. */
  readonly circumstances: (entry: JournalEntry) => Promise<readonly ExplainedCause[]>;
  /** Whether the journal still has an exchange. */
  readonly kept: (exchange: number) => boolean;
}

/** Whether what brought a state about can still be looked at. */
const withKept = (cause: ExplainedCause, kept: (exchange: number) => boolean): ExplainedCause => {
  const { state } = cause.evidence;
  if (!state) return cause;
  const told = state.map((one) =>
    one.by?.exchange === undefined ? one : { ...one, by: { ...one.by, kept: kept(one.by.exchange) } },
  );
  return { ...cause, evidence: { ...cause.evidence, state: told } };
};

/** Why something else than its security refused a message. */
const toldCauses = async (
  entry: JournalEntry,
  { circumstances, kept }: ExchangeMaterial,
): Promise<readonly ExplainedCause[]> => {
  const causes = await circumstances(entry);
  return causes.length > 0 ? causes.map((one) => withKept(one, kept)) : toldThen(entry);
};

/** The same with the numbers of persons hidden in every text. */
const masked = <Value>(value: Value): Value =>
  JSON.parse(JSON.stringify(value), (_name, member: unknown) =>
    typeof member === 'string' ? maskText(member) : member,
  ) as Value;

/** What is known of a message whose verdict is not of its own protection. */
const aroundVerdict = (
  anatomy: Anatomy,
  explaining: Explaining,
  { problem, explanation }: JournalEntry,
): Partial<Explained> => {
  const report = reportMessage(anatomy, explaining.profile, explaining.now);
  const problems = problem !== undefined && explanation ? [{ problem, explanation }] : [];
  return {
    message: 'request',
    ...partsOf(anatomy, explaining, report),
    secondOpinion: toldOpinion(explaining.opinion, anatomy, report, problems),
  };
};

const explained = async (
  entry: JournalEntry,
  material: ExchangeMaterial,
  hide: Hide | undefined,
): Promise<Explained> => {
  const { signers, known, processed, readHolder } = material;
  const { judged, request, problem, profile: name = 'none' } = entry;
  const verdict = problem === undefined && !entry.explanation ? 'accepted' : 'refused';
  const told = documentOf({
    verdict,
    profile: name,
    ...(problem === undefined ? {} : { problem }),
    causes: await toldCauses(entry, material),
    warnings: entry.warnings,
  });
  if (!judged) return told;
  const message = readMessage(request.body, { charset: charsetIn(request.headers['content-type']) });
  if (isProblem(message)) return told;
  using envelope = message;
  const anatomy = takeApart(envelope, signers, { processed: processed(entry.service) });
  const [profile, now] = [judged.profile as Profile, judged.at];
  const question = questionOf(anatomy, request.body, profile, now);
  const explaining = {
    profile,
    now,
    message: request.body,
    known: known(),
    opinion: 'says' in question ? question : await askElsewhere(question),
    hide,
    readHolder,
  };
  // What comes after the signature, and that it was seen before, is nothing of the message's own.
  if (!problem?.startsWith('security.') || problem === 'security.replay')
    return documentOf({ ...told, ...aroundVerdict(anatomy, explaining, entry) });
  return await inSlices(explainMessage(anatomy, explaining));
};

/** Explains an exchange; with the numbers of persons hidden, unless they are asked for. */
export const explainExchange = async (
  entry: JournalEntry,
  material: ExchangeMaterial,
  unmasked: boolean,
): Promise<Explained> =>
  unmasked
    ? await explained(entry, material, undefined)
    : masked(await explained(entry, material, maskMessage));
