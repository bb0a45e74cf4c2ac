// Why the contract refused an exchange, over SOAP and REST: what it went by, since which exchange, and the call that changes it.

import type { ExplainedCause } from '../../explain/explained.ts';
import { causeOfRule } from '../../explain/state.ts';
import type { JournalEntry } from '../../journal/entry.ts';
import { commonNameIn } from '../../kernel/common-name.ts';
import type { Ground, Grounds } from '../../kernel/grounds.ts';
import type { TrustStore } from '../../security/trust/trust.ts';
import { type Engine, isLoss } from '../../store/engine.ts';
import { type ErrorCode, errors } from '../codes.ts';
import type { CodeSettings } from '../decide.ts';
import type { Citizen } from '../register/citizen.ts';
import { organisations, rightsIn } from '../register/organisations.ts';
import { findCitizen } from '../register/store.ts';
import type { RestRoute } from '../rest/route.ts';
import { restRoutes } from '../rest/routes.ts';
import { knownAt } from '../rest/unrouted.ts';
import { again } from './calls.ts';
import { changes } from './changes.ts';
import { readGround } from './grounds.ts';
import { usedBefore } from './repeated.ts';
import { sayWith } from './words.ts';

/** What the explanations are made of. */
export interface Explaining {
  readonly engine: Pick<Engine, 'read' | 'value'>;
  readonly trust: Pick<TrustStore, 'anchors'>;
  readonly codes: Pick<CodeSettings, 'wrong' | 'sent'>;
  /** The register hand of the clock, in milliseconds since 1970. */
  readonly now: () => number;
}

/** The contract's code, or the status of HTTP where it has none. */
const codeOf = ({ problem = '' }: JournalEntry): string | undefined =>
  /^(?:dfdg|rest)\.(\d+)$/.exec(problem)?.[1];

const isCode = (code: string): code is `${ErrorCode}` => Object.hasOwn(errors, code);

const citizenNow = async (
  engine: Pick<Engine, 'read'>,
  id: string | undefined,
): Promise<{ readonly citizen: Citizen | undefined } | undefined> => {
  if (id === undefined) return { citizen: undefined };
  const found = await engine.read(findCitizen(id));
  return isLoss(found) ? undefined : { citizen: found.result };
};

/** Whose certificates the handshake asks for, where the certificate was what was refused. */
const authorities = (code: string, { anchors }: Pick<TrustStore, 'anchors'>): Ground[] =>
  code === '1101' || code === '1012'
    ? [
        {
          part: 'authorities',
          is: anchors.map(({ subject }) => commonNameIn(subject) ?? subject).join(' | ') || 'nobody',
        },
      ]
    : [];

const isReading = ({ method }: Pick<JournalEntry, 'method'>): boolean =>
  method === 'GET' || method === 'HEAD';

/** The route that a request without one was probably meant for: by its address or the near one that it was told, then by its verb. */
const routeMeant = (entry: JournalEntry): RestRoute | undefined => {
  const address = entry.problem === 'rest.404' ? (entry.explanation?.expected ?? '') : entry.path;
  const there = knownAt(address, restRoutes);
  return there.find(({ method }) => (method === 'GET') === isReading(entry)) ?? there[0];
};

/** The operation's name in the WSDL; empty: none was meant that is known. */
const operationIn = (entry: JournalEntry): string => {
  const { service, operation = '' } = entry;
  if (service !== 'rest') return operation;
  return (restRoutes.find(({ name }) => name === operation) ?? routeMeant(entry))?.operation ?? '';
};

/** The CVR number of a certificate that is trusted, whether or not its holder was let in. */
const cvrIn = ({ grounds, claimed, organisation }: JournalEntry): string | undefined =>
  grounds?.parts.find(({ part }) => part === 'holder')?.is ?? (claimed ? undefined : organisation);

/** Explains refusals of the contract; an exchange that something else refused has no causes here. */
export const createExplain =
  ({ engine, trust, codes, now }: Explaining) =>
  async (entry: JournalEntry, earlier: () => readonly JournalEntry[]): Promise<readonly ExplainedCause[]> => {
    const code = codeOf(entry);
    const { explanation, service = '' } = entry;
    if (code === undefined || !explanation) return [];
    const kept: Grounds = entry.grounds ?? { code, at: entry.at, parts: [] };
    const grounds = {
      ...kept,
      parts: [...kept.parts, ...authorities(code, trust), ...usedBefore(code, entry, earlier)],
    };
    const present = await citizenNow(engine, grounds.person);
    const rights = rightsIn(engine);
    const lists = organisations.current(engine);
    const words = {
      say: sayWith(lists),
      read: (ground: Ground) => present && readGround(ground, { ...present, rights }),
    };
    const refused = {
      grounds,
      service,
      operation: operationIn(entry),
      cvr: cvrIn(entry),
      citizen: present?.citizen,
      organisations: lists,
      limits: codes,
      now: now(),
    };
    // A call that reads is no help to whoever wanted to write.
    const lost = service === 'rest' && refused.operation === '' && !isReading(entry);
    const change = isCode(code) ? changes[code](refused) : lost ? undefined : again(refused);
    return [causeOfRule(explanation, grounds, words, change)];
  };
