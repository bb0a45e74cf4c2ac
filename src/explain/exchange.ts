// Why an exchange of the journal was refused: its request, judged by what it was judged by then.

import type { JournalEntry } from '../journal/entry.ts';
import { maskMessage, maskText } from '../journal/mask.ts';
import { takeApart } from '../security/anatomy.ts';
import type { Profile } from '../security/profiles/profile.ts';
import { profiles } from '../security/profiles/profiles.ts';
import type { SignerCache } from '../security/signer.ts';
import type { Certificate } from '../security/trust/certificate.ts';
import type { Addressee } from './addressee.ts';
import type { ReadHolder } from './certificate.ts';
import { documentOf } from './document.ts';
import type { Explained, ExplainedCause } from './explained.ts';
import type { Hide } from './octets/difference.ts';
import { askElsewhere } from './opinion/elsewhere.ts';
import { questionOf } from './opinion/opinion.ts';
import { causeOfRefusal } from './refusal.ts';
import type { Surroundings } from './rules/rule.ts';
import type { KnownKey } from './signed/search.ts';
import { inSlices } from './slices.ts';
import { explainOpened, openSent, opinionBeside } from './way.ts';

/** The refusal as it was told, where nothing in the message shows what led to it. */
const toldThen = (entry: JournalEntry, surroundings: Surroundings): ExplainedCause[] => {
  const { problem, explanation } = entry;
  return explanation
    ? [causeOfRefusal({ problem: problem ?? explanation.check, explanation }, surroundings)]
    : [];
};

/** What judges messages of the journal. */
export interface ExchangeMaterial {
  readonly signers: SignerCache;
  readonly known: () => readonly KnownKey[];
  /** The services of SOAP, with what judges their headers. */
  readonly addressees: readonly Addressee[];
  /** The authorities that are trusted. */
  readonly authorities: () => readonly Certificate[];
  readonly readHolder: ReadHolder;
  /** What the contracts say of refusals by their rules; nothing where it was none of those. */
  readonly circumstances: (entry: JournalEntry) => Promise<readonly ExplainedCause[]>;
  /** The profiles by name, as the settings tune them. */
  readonly profiles: ReadonlyMap<string, Profile>;
  /** Whether the journal still has an exchange. */
  readonly kept: (exchange: number) => Promise<boolean>;
}

/** Whether what brought a state about can still be looked at. */
const withKept = async (cause: ExplainedCause, kept: ExchangeMaterial['kept']): Promise<ExplainedCause> => {
  const { state } = cause.evidence;
  if (!state) return cause;
  const told = await Promise.all(
    state.map(async (one) =>
      one.by?.exchange === undefined ? one : { ...one, by: { ...one.by, kept: await kept(one.by.exchange) } },
    ),
  );
  return { ...cause, evidence: { ...cause.evidence, state: told } };
};

/** What the contracts say of a refusal by one of their rules. */
const saidOf = async (
  entry: JournalEntry,
  { circumstances, kept }: ExchangeMaterial,
): Promise<readonly ExplainedCause[]> => {
  const causes = await circumstances(entry);
  return Promise.all(causes.map((one) => withKept(one, kept)));
};

/** The same with the numbers of persons hidden in every text. */
const masked = <Value>(value: Value): Value =>
  JSON.parse(JSON.stringify(value), (_name, member: unknown) =>
    typeof member === 'string' ? maskText(member) : member,
  ) as Value;

/** The request judged again: by what it was judged by then, from its bytes and its headers. */
const judgedAgain = async (
  { judged, request, method, at, service, problem, explanation }: JournalEntry,
  { signers, known, addressees, authorities, readHolder }: ExchangeMaterial,
  hide: Hide | undefined,
): Promise<Explained | undefined> => {
  const chosen = addressees.find((one) => one.service.name === service);
  if (!chosen) return undefined;
  const to = { all: addressees, chosen };
  const message = request.body;
  const profile = (judged?.profile as Profile | undefined) ?? profiles.none;
  const by = { profile, now: judged?.at ?? at, arrived: true, authorities: authorities() };
  const opened = openSent({ message, method, headers: request.headers, whole: true }, by, to);
  if ('verdict' in opened) return opened;
  using envelope = opened.message;
  const anatomy = takeApart(envelope, signers, { processed: chosen.service.headers });
  const question = questionOf(anatomy, message, profile, by.now);
  const opinion = 'says' in question ? question : await askElsewhere(question);
  const judging = { ...by, message, known: known(), opinion, hide, readHolder };
  const again = await inSlices(explainOpened(anatomy, opened, judging, to));
  // What comes after the signature, and that it was seen before, is nothing of the message's own.
  const own = again.problem === (problem ?? null);
  return own || !explanation
    ? again
    : {
        ...again,
        secondOpinion: opinionBeside(
          [{ problem: problem ?? explanation.check, explanation }],
          anatomy,
          judging,
        ),
      };
};

/** Of a business refusal the message itself may show the reason. */
const isOfContent = ({ problem, result, explanation }: JournalEntry, again: Explained): boolean =>
  problem === undefined &&
  result !== undefined &&
  again.verdict === 'refused' &&
  again.causes.every(
    ({ evidence, where = [] }) =>
      evidence.found === explanation?.found ||
      where.some((place) => place.endsWith(`/${explanation?.check}`)),
  );

const explained = async (
  entry: JournalEntry,
  material: ExchangeMaterial,
  hide: Hide | undefined,
): Promise<Explained> => {
  const { request, problem, profile = 'none' } = entry;
  const verdict = problem === undefined && !entry.explanation ? 'accepted' : 'refused';
  const again = await judgedAgain(entry, material, hide);
  const shown =
    verdict === 'refused' &&
    (problem === undefined ? again && isOfContent(entry, again) : again?.problem === problem);
  const said = verdict === 'refused' ? await saidOf(entry, material) : [];
  if (again && shown) {
    // A value that the message shows to be wrong says more than the code that it led to; a header that is missing has its code.
    const causes = problem === undefined ? [...again.causes, ...said] : [...said, ...again.causes];
    return documentOf({ ...again, verdict, profile, causes });
  }
  const surroundings = {
    message: request.body,
    headers: request.headers,
    document: undefined,
    anatomy: undefined,
    now: entry.at,
    arrived: true,
    operations: [],
    authorities: [],
  };
  return documentOf({
    ...again,
    verdict,
    profile,
    problem: problem ?? null,
    causes: said.length > 0 ? said : toldThen(entry, surroundings),
    warnings: entry.warnings,
  });
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

/**
 * What another profile says of the request itself. What the register and earlier messages say is not asked again.
 *
 * @returns undefined where no profile judges the exchange
 */
export const explainUnder = async (
  entry: JournalEntry,
  profile: Profile,
  material: ExchangeMaterial,
  unmasked: boolean,
): Promise<Explained | undefined> => {
  const { problem: _, explanation: __, judged, ...rest } = entry;
  if (!judged) return undefined;
  const again = await judgedAgain(
    { ...rest, judged: { ...judged, profile } },
    material,
    unmasked ? undefined : maskMessage,
  );
  return again && (unmasked ? again : masked(again));
};
