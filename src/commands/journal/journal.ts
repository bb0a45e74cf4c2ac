// kontakt journal: the exchanges of a running emulator, or one of them with why it was refused and what was sent.

import { setTimeout } from 'node:timers/promises';
import { askBytes, askEmulator } from '../../client/remote.ts';
import type { Explained } from '../../explain/explained.ts';
import { isSearched } from '../../explain/searched.ts';
import { exchangeEvent, type Told } from '../../journal/line.ts';
import { eventLines } from '../../kernel/log.ts';
import type { Explanation } from '../../kernel/problem.ts';
import { inColumns, inLines, type Paint, paintFor, WIDTH } from '../../kernel/terminal.ts';
import { ConfigurationError, UserError } from '../../kernel/user-error.ts';
import { laidOutLines, octetLines } from '../laid-out.ts';
import { linesOfCause, rowsOfRegister } from '../message/explained-lines.ts';
import { printJson, printJsonLine, printNote, printOctets, printPainted } from '../print.ts';
import { exportExchange } from './export.ts';
import { createFollowing } from './following.ts';

/** An exchange as the control interface shows it. */
interface Shown extends Told {
  readonly at: string;
  readonly requestBytes: number;
  readonly responseBytes: number;
}

export interface JournalOptions {
  readonly problems?: boolean;
  readonly service?: string;
  readonly limit?: string;
  readonly follow?: boolean;
  readonly request?: boolean;
  readonly response?: boolean;
  readonly export?: string;
  readonly unmasked?: boolean;
  readonly json?: boolean;
}

const BETWEEN_LOOKS = 300;
const LABEL = 10;

const ask = async (url: string, { problems, service, limit }: JournalOptions, after?: number) => {
  const query = new URLSearchParams({
    ...(problems ? { problems: 'true' } : {}),
    ...(service === undefined ? {} : { service }),
    ...(limit === undefined ? {} : { limit }),
    ...(after === undefined ? {} : { after: String(after) }),
  });
  const { entries } = (await askEmulator(url, 'GET', `/journal?${query}`)) as { entries: Shown[] };
  return entries;
};

/** What is said where the journal lists nothing. */
const nothing = ({ problems, service }: JournalOptions): string =>
  problems || service !== undefined ? 'the journal has no such exchange' : 'the journal is empty';

/** Prints the exchanges, the oldest first, as the terminal of the emulator shows them. */
const list = async (url: string, options: JournalOptions): Promise<void> => {
  const paint = paintFor(process.stdout);
  const usual = { limit: '20', ...options };
  const { after, news } = createFollowing<Shown>();
  for (;;) {
    const last = after();
    const entries = news(await ask(url, last === undefined ? usual : { ...options, limit: '1000' }, last));
    for (const entry of entries) {
      if (options.json) printJsonLine(entry);
      else printPainted(eventLines(exchangeEvent(entry), new Date(entry.at), paint));
    }
    if (!options.follow) {
      if (entries.length === 0 && !options.json) printNote([nothing(options)]);
      return;
    }
    await setTimeout(BETWEEN_LOOKS);
  }
};

const row =
  (paint: Paint) =>
  ([label, text]: readonly [string, string]): string =>
    `  ${paint('grey', label.padEnd(LABEL))}${inColumns(text, WIDTH - LABEL - 2)}`;

/**
 * A reason in full: nothing of it is cut off, since this is where people come to read it.
 *
 * @param proved whether the cause is told: then what to change is told with it
 */
const reason = (
  { check, expected, found, rule, remedy, basis, where }: Explanation,
  paint: Paint,
  proved = false,
): string[] =>
  (
    [
      ['check', check],
      ['expected', expected],
      ['found', found],
      ...(where === undefined ? [] : [['where', where] as const]),
      ['rule', `${rule} [${basis}]`],
      ...(proved ? [] : [['fix', remedy] as const]),
    ] as const
  ).flatMap(([label, text]) =>
    inLines(text, WIDTH - LABEL - 2).map((part, index) => row(paint)([index === 0 ? label : '', part])),
  );

const head = (entry: Shown, paint: Paint): string[] => {
  const { at, service, profile, method, path, remote, subject, problem, stages } = entry;
  const times = Object.entries(stages).map(([stage, time]) => `${stage} ${time.toFixed(1)}`);
  const [line = ''] = eventLines(exchangeEvent(entry), new Date(at), paint);
  return [
    line,
    ...(
      [
        ['at', at],
        ...(service === undefined ? [] : [['service', `${service}, profile ${profile ?? 'none'}`] as const]),
        ['address', `${method} ${path} from ${remote}`],
        ...(subject === undefined ? [] : [['caller', subject] as const]),
        ...(problem === undefined ? [] : [['problem', problem] as const]),
        ...(times.length > 0 ? [['stages', `${times.join(', ')} ms`] as const] : []),
      ] as const
    ).map(row(paint)),
  ];
};

/** Why something was refused: what is proved of it first, then what was seen to be wrong. */
const whyLines = async (
  url: string,
  number: number,
  problem: string | undefined,
  explanation: Explanation,
  paint: Paint,
): Promise<string[]> => {
  const { causes } = (await askEmulator(url, 'GET', `/journal/${number}/explanation`)) as Explained;
  const proved = isSearched(problem) ? causes.filter(({ certain }) => certain) : [];
  const why = ['', paint('bold', 'why')];
  if (proved.length === 0) {
    const register = isSearched(problem) ? [] : causes.flatMap(({ evidence }) => rowsOfRegister(evidence));
    return [...why, ...reason(explanation, paint), ...register];
  }
  const told = proved.flatMap((cause, index) => [...(index === 0 ? [] : ['']), ...linesOfCause(cause)]);
  return [...why, ...told, '', paint('bold', 'what failed'), ...reason(explanation, paint, true)];
};

const one = async (url: string, which: string, options: JournalOptions): Promise<void> => {
  const entry =
    which === 'last'
      ? (await ask(url, { ...options, limit: '1' }))[0]
      : ((await askEmulator(url, 'GET', `/journal/${encodeURIComponent(which)}`)) as Shown);
  if (!entry) throw new UserError(nothing(options));
  const bytesOf = (side: 'request' | 'response', unmasked: boolean): Promise<Buffer> =>
    askBytes(url, `/journal/${entry.id}/message?side=${side}${unmasked ? '&unmasked=true' : ''}`);
  if (options.request || options.response) {
    printOctets(await bytesOf(options.request ? 'request' : 'response', true));
    return;
  }
  if (options.export !== undefined) {
    await exportExchange(url, entry.number, options.export, options.unmasked);
    return;
  }
  if (options.json) return printJson(entry);

  const paint = paintFor(process.stdout);
  const { explanation, problem, warnings, number, requestBytes, responseBytes } = entry;
  printPainted(head(entry, paint));
  if (explanation) printPainted(await whyLines(url, number, problem, explanation, paint));
  for (const warning of warnings)
    printPainted(['', paint('bold', 'warning'), ...reason(warning.explanation, paint)]);
  for (const [side, bytes, faulty] of [
    ['request', requestBytes, explanation ?? {}],
    ['response', responseBytes, {}],
  ] as const) {
    if (bytes === 0) continue;
    const body = await bytesOf(side, false);
    printPainted([
      '',
      paint('bold', `${side}, laid out`),
      ...laidOutLines(body, faulty, paint),
      paint('bold', `${side} as it came, ${bytes} bytes: kontakt journal ${number} --${side}`),
      ...octetLines(body, paint),
    ]);
  }
};

/** What is asked of one exchange, or of many, and not of the other. */
const checkOptions = (which: string | undefined, options: JournalOptions): void => {
  const ofOne = (['request', 'response', 'export', 'unmasked'] as const).find((name) => options[name]);
  if (which === undefined && ofOne)
    throw new ConfigurationError(`--${ofOne} is of one exchange: kontakt journal last --${ofOne}`);
  if (options.unmasked && options.export === undefined)
    throw new ConfigurationError(
      '--unmasked is of an export: kontakt journal last --export <file> --unmasked',
    );
  const ofMany = (['problems', 'service', 'limit', 'follow'] as const).find((name) => options[name]);
  const fits = which === undefined || (which === 'last' && (ofMany === 'problems' || ofMany === 'service'));
  if (ofMany && !fits) throw new ConfigurationError(`--${ofMany} is of a list: kontakt journal --${ofMany}`);
};

/** @param which a number, an id, or `last`; undefined: all of them */
export const journal = async (
  url: string,
  which: string | undefined,
  options: JournalOptions,
): Promise<void> => {
  checkOptions(which, options);
  await (which === undefined ? list(url, options) : one(url, which, options));
};
