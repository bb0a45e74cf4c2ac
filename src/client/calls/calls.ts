// One request as a client would send it, of any service: made ready, sent, and its answer read.

import { isProblem, type Problem } from '../../kernel/problem.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import type { ReadAnswer } from '../answer.ts';
import { callDanish } from './danish.ts';
import { callNorwegian } from './norwegian.ts';
import { callRest } from './rest.ts';
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

/**
 * Makes a call ready.
 *
 * @param target `<service>.<operation>`
 * @throws ConfigurationError naming the services or operations that there are, or a field that cannot be set
 */
export const prepareCall = async (target: string, options: CallOptions): Promise<PreparedCall> => {
  const [serviceName = '', operation = ''] = target.split('.');
  const prepare = Object.hasOwn(services, serviceName) ? services[serviceName] : undefined;
  if (prepare) return prepare(operation, options);
  throw new ConfigurationError(
    `there is no service "${serviceName}"; there are ${Object.keys(services).join(', ')}`,
  );
};

/** Whether an answer can be believed, and is no refusal. */
export const isAccepted = ({ answer }: Received): boolean => {
  if (isProblem(answer)) return false;
  const status = answer.fields.find(({ name }) => name === 'status')?.value;
  return answer.kind === 'answer' && status !== 'FEILET' && status !== 'NEI';
};
