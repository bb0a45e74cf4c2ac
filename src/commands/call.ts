// kontakt call: one request as a client would send it, the answer, and what the journal says of it.

import type { ReadAnswer } from '../client/answer.ts';
import { isProblem, type Problem } from '../kernel/problem.ts';
import { ConfigurationError } from '../kernel/user-error.ts';
import { callDanish } from './call-danish.ts';
import { callNorwegian } from './call-norwegian.ts';
import { callRest } from './call-rest.ts';
import { print, printJson, printOctets } from './print.ts';
import { explanationOf, show, showExplanation } from './show.ts';
import type { CallOptions, Values } from './target.ts';

/** A request that is ready, and how to send it. */
export interface PreparedCall {
  /** For people: what goes where, and as whom. */
  readonly title: string;
  readonly values: Values;
  /** The bytes of the request. */
  readonly request: string;
  send(): Promise<Received>;
}

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** What was read of it; a problem when it cannot be believed. */
  readonly answer: ReadAnswer | Problem;
  readonly protection: string;
}

type Prepare = (operation: string, options: CallOptions) => Promise<PreparedCall>;

const services: Readonly<Record<string, Prepare>> = {
  postkasseleverandoer: callNorwegian,
  jobnet: (operation, options) => callDanish('jobnet', operation, options),
  reminder: (operation, options) => callDanish('reminder', operation, options),
  rest: callRest,
};

const isAccepted = (answer: ReadAnswer): boolean => {
  const status = answer.fields.find(({ name }) => name === 'status')?.value;
  return answer.kind === 'answer' && status !== 'FEILET' && status !== 'NEI';
};

/** @returns the exit code: 0 for OK and JA, 1 for a refusal, a fault, or an answer that does not verify */
export const call = async (target: string, options: CallOptions): Promise<number> => {
  const { url, print: printed, dryRun, json } = options;
  const [serviceName = '', operation = ''] = target.split('.');
  const prepare = Object.hasOwn(services, serviceName) ? services[serviceName] : undefined;
  if (!prepare) {
    throw new ConfigurationError(
      `there is no service "${serviceName}"; there are ${Object.keys(services).join(', ')}`,
    );
  }
  const out = (lines: readonly string[]): void => {
    if (!json) print(lines);
  };
  const outOctets = (octets: string): void => {
    if (!json && (printed || dryRun)) printOctets(`${octets}\n`);
  };
  const prepared = await prepare(operation, options);
  out(
    show(
      `→ ${prepared.title}`,
      Object.entries(prepared.values).map(([name, value]) => ({ name, value })),
    ),
  );
  outOctets(prepared.request);
  if (dryRun) return 0;

  const start = performance.now();
  const { status, headers, body, answer, protection } = await prepared.send();
  const took = (performance.now() - start).toFixed(0);
  const journal = headers['kontakt-journal'];
  const warnings = headers['kontakt-warnings'];
  outOctets(body);

  const explanation = await explanationOf(url, journal);
  if (json) printJson({ status, journal, warnings, answer, explanation });
  if (isProblem(answer)) {
    out([`← HTTP ${status} in ${took} ms: the answer cannot be believed (${answer.problem})`]);
    out(showExplanation(answer.explanation));
    return 1;
  }
  out(show(`← HTTP ${status} in ${took} ms, ${protection}`, answer.fields));
  if (explanation) out(showExplanation(explanation));
  if (warnings) out([`warnings: ${warnings} (the profile strict would have refused; see the journal)`]);
  if (journal) out([`journal: ${url}/_emulator/journal/${journal}`]);
  return isAccepted(answer) ? 0 : 1;
};
