// How the engine did: by cause, what it said of the messages that have it.

import { XmlC14NMode, XmlDocument, XmlElement } from 'libxml2-wasm';
import type { ExplainedCause } from '../../../src/explain/explained.ts';
import { NS } from '../../attacks/names.ts';
import type { Case } from './case.ts';
import type { Made } from './making.ts';

export interface Outcome {
  readonly one: Case;
  /** Whether SignedInfo was changed behind its signer. */
  readonly suffered: boolean;
  readonly causes: readonly ExplainedCause[];
}

const expected = ({ one: { cause, besides, provable }, suffered }: Outcome): readonly string[] => [
  ...(cause && provable ? [cause] : []),
  ...besides,
  ...(suffered ? ['signed-info-changed'] : []),
];

export const namedFirst = ({ one, causes }: Outcome): boolean =>
  causes[0]?.cause === one.cause && (causes[0]?.certain === one.provable || causes.length === 0);
export const namedAtAll = ({ one, causes }: Outcome): boolean =>
  causes.some(({ cause }) => cause === one.cause);
/** What was told for certain, and is not what was done. */
export const wrong = (outcome: Outcome): readonly string[] =>
  outcome.causes.flatMap(({ cause, certain }) =>
    certain && !expected(outcome).includes(cause) ? [cause] : [],
  );
/** What was done, and is not told at all. */
export const untold = (outcome: Outcome): readonly string[] =>
  expected(outcome).filter((name) => outcome.causes.every(({ cause }) => cause !== name));
const right = (outcome: Outcome): boolean =>
  outcome.causes.some(({ cause, certain }) => certain && expected(outcome).includes(cause));

export const share = (outcomes: readonly Outcome[], holds: (outcome: Outcome) => boolean): number =>
  outcomes.length === 0 ? 1 : outcomes.filter(holds).length / outcomes.length;

const EXCLUSIVE = /exc-c14n#/;
const METHOD = /CanonicalizationMethod [^>]*Algorithm="([^"]*)"/;

/** SignedInfo in its canonical form; undefined: there is none. */
const signedInfoOf = (message: Buffer): string | undefined => {
  const [, method = ''] = METHOD.exec(message.toString('latin1')) ?? [];
  try {
    using document = XmlDocument.fromBuffer(message);
    const element = document.get('//ds:SignedInfo', { ds: NS.ds });
    if (!(element instanceof XmlElement)) return undefined;
    const mode = EXCLUSIVE.test(method) ? XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 : XmlC14NMode.XML_C14N_1_0;
    return document.canonicalizeToString({ mode, nodeSet: new Set([element]) });
  } catch {
    return undefined;
  }
};

/** Whether SignedInfo is no longer what it was. */
export const suffered = ({ signed, arrived }: Made): boolean =>
  signedInfoOf(signed) !== signedInfoOf(arrived);

const HEAD = ['cause', 'messages', 'named first', 'named at all', 'certain and right', 'certain and wrong'];

/** The lines of the table, one for each cause, with the sums below. */
export const tableOf = (outcomes: readonly Outcome[]): string => {
  const row = (name: string, some: readonly Outcome[]): readonly string[] => {
    const count = (holds: (outcome: Outcome) => boolean) => String(some.filter(holds).length);
    return [
      name,
      String(some.length),
      count(namedFirst),
      count(namedAtAll),
      count(right),
      count((one) => wrong(one).length > 0),
    ];
  };
  const told = outcomes.filter(({ one }) => one.cause !== undefined);
  const labelOf = ({ cause = '', provable }: Case) => (provable ? cause : `${cause} (likely)`);
  const labels = [...new Set(told.map(({ one }) => labelOf(one)))].sort();
  const rows = [
    HEAD,
    ...labels.map((label) =>
      row(
        label,
        told.filter(({ one }) => labelOf(one) === label),
      ),
    ),
    row(
      'all that can be proved',
      told.filter(({ one }) => one.provable),
    ),
    row(
      'the rest, as likely',
      told.filter(({ one }) => !one.provable),
    ),
  ];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
};
