// A process that answers messages for the one that started it, and ends with it.

import { wordsOf } from '../../kernel/error-words.ts';
import type { Log, LogEvent } from '../../kernel/log-event.ts';
import { UserError } from '../../kernel/user-error.ts';
import { openServed } from '../../store/served/engine.ts';
import type { FromKeeper, ToKeeper } from '../../store/served/messages.ts';
import { type Instead, portOver } from '../../store/served/process-port.ts';
import { openAnswering } from './answering.ts';
import type { Done, FromWorker, Order, Profile, ToWorker } from './messages.ts';

const noNumbers = (): never => {
  throw new Error('running numbers are given by the process that keeps the register');
};

const NOTHING = Buffer.alloc(0);

/** Leaves out of what is sent what the other end has. */
const createLighter = (send: (message: FromWorker) => void) => {
  const told = new Map<Profile, number>();
  const numberOf = (profile: Profile): number => {
    const before = told.get(profile);
    if (before !== undefined) return before;
    told.set(profile, told.size);
    send({ profile: told.size - 1, is: profile });
    return told.size - 1;
  };
  return ({ answer, entry }: Done): Pick<Extract<FromWorker, { readonly of: Done }>, 'of' | 'judgedBy'> => {
    const { judged, request } = entry;
    const light = { ...entry, request: { ...request, body: NOTHING } };
    if (!judged) return { of: { answer, entry: light }, judgedBy: undefined };
    const judgedBy = numberOf(judged.profile);
    return { of: { answer, entry: { ...light, judged: { ...judged, profile: {} } } }, judgedBy };
  };
};

/** What can be sent of an error: whatever else it holds may be nothing that goes to another process. */
const sendable = (error: unknown): Error => {
  const { stack } = error instanceof Error ? error : new Error();
  return Object.assign(new Error(wordsOf(error)), { stack: `${stack}` });
};

/** Who waits for an answer gets one; what is for the log is told without its data. */
const instead = (message: FromWorker, why: string): Instead<FromWorker, ToWorker> => {
  if ('answer' in message) return { there: { answer: message.answer, defect: why } };
  if (!('level' in message)) return {};
  return { there: { level: message.level, event: { message: `${message.event.message} (${why})` } } };
};
const insteadOfQuestion = (message: ToKeeper, why: string): Instead<ToKeeper, FromKeeper> =>
  'ask' in message ? { here: { answer: message.ask, of: { defect: why } } } : {};

const serve = (): void => {
  const port = portOver<FromWorker, ToWorker>(process, 'messages', instead);
  // Opened at once, so that nothing of what is told of it is missed.
  const register = openServed(
    portOver<ToKeeper, FromKeeper>(process, 'register', insteadOfQuestion),
    noNumbers,
  );
  const told =
    (level: 'info' | 'error') =>
    (event: LogEvent, error?: unknown): void =>
      port.send({ level, event, ...(error === undefined ? {} : { error: sendable(error) }) });
  const log: Log = { info: told('info'), error: told('error') };
  const begin = async (order: Order) => {
    try {
      const answering = await openAnswering(order, await register, log);
      port.send({ ready: true });
      return answering;
    } catch (error) {
      if (!(error instanceof UserError))
        log.error({ message: 'defect in the start of a worker process' }, error);
      port.send({ failed: wordsOf(error) });
      return undefined;
    }
  };
  const lighter = createLighter(port.send);
  let begun: ReturnType<typeof begin> | undefined;
  const answer = async ({
    ask,
    service,
    request,
  }: Extract<ToWorker, { readonly ask: number }>): Promise<void> => {
    try {
      const answering = await begun;
      if (answering) port.send({ answer: ask, ...lighter(await answering(service, request)) });
    } catch (error) {
      port.send({ answer: ask, defect: wordsOf(error) });
    }
  };
  port.hear((message) => {
    if ('begin' in message) begun = begin(message.begin);
    else if ('ping' in message) port.send({ pong: true });
    else void answer(message);
  });
  // The end comes from the process that listens, when it has answered what is open, or with it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  port.ended(() => process.exit(0));
};

if (process.send) serve();
