// One request as a client would send it, of any service: made ready, sent, and its answer read.

import { countries } from '../../countries.ts';
import { brief } from '../../kernel/brief.ts';
import { meantBy } from '../../kernel/nearest.ts';
import { isProblem } from '../../kernel/problem.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import type { Mistake, Way } from '../mistakes.ts';
import { callDanish } from './danish.ts';
import { knownServices, knownTargets } from './known.ts';
import { mistakesOn } from './mistaken.ts';
import { callNorwegian } from './norwegian.ts';
import { callPersons } from './persons.ts';
import type { PreparedCall, Received } from './prepared.ts';
import { callRest } from './rest.ts';
import type { CallOptions } from './target.ts';

type Prepare = (operation: string, options: CallOptions) => Promise<PreparedCall>;

interface Callee {
  readonly way: Way;
  /** The fields of its operations, where it is signed. */
  readonly fields?: readonly string[];
  readonly prepare: Prepare;
}

const services: Readonly<Record<string, Callee>> = {
  ...Object.fromEntries(
    countries.no.services.map((service): [string, Callee] => [
      service.name,
      {
        way: 'signed',
        fields: service.operations.flatMap(({ fields }) => fields.map(({ name }) => name)),
        prepare: (operation, options) => callNorwegian(service, operation, options),
      },
    ]),
  ),
  jobnet: { way: 'tls', prepare: (operation, options) => callDanish('jobnet', operation, options) },
  reminder: { way: 'tls', prepare: (operation, options) => callDanish('reminder', operation, options) },
  krr: { way: 'token', prepare: callPersons },
  rest: { way: 'rest', prepare: callRest },
};

const calleeNamed = (name: string): Callee | undefined =>
  Object.hasOwn(services, name) ? services[name] : undefined;

/** What can be done wrong in calls of a service. */
export const mistakesOf = (service: string): readonly Mistake[] => {
  const callee = calleeNamed(service);
  if (!callee) return [];
  const { way, fields = [] } = callee;
  return mistakesOn(way).filter(({ field }) => field === undefined || fields.includes(field));
};

/** A word that is no service: an operation without its service, or a slip of the keyboard. */
const noService = (target: string, serviceName: string): ConfigurationError => {
  const bare = knownTargets().filter((one) => one.split('.')[1]?.toLowerCase() === target.toLowerCase());
  const told =
    bare.length > 0 ? `did you mean ${bare.join(' or ')}?` : meantBy(serviceName, Object.keys(services));
  return new ConfigurationError(`there is no service ${brief(serviceName)}; ${told}`);
};

/**
 * Makes a call ready.
 *
 * @param target `<service>.<operation>`, or of the REST service `rest <method> <path>`
 * @throws ConfigurationError naming the service, operation or field that was probably meant, or those that there are
 */
export const prepareCall = async (target: string, options: CallOptions): Promise<PreparedCall> => {
  const [, serviceName = target, operation = ''] = /^([^. ]+)[. ](.*)$/s.exec(target) ?? [];
  const callee = calleeNamed(serviceName);
  if (callee) return callee.prepare(operation, options);
  throw noService(target, serviceName);
};

/** Whether an answer can be believed, and is no refusal. */
export const isAccepted = ({ answer }: Received): boolean => {
  if (isProblem(answer)) return false;
  const status = answer.fields.find(({ name }) => name === 'status')?.value;
  return answer.kind === 'answer' && status !== 'FEILET' && status !== 'NEI';
};

/** What can be called, and what can be done wrong in it. */
export const callable = () => ({
  services: knownServices.map((service) => ({
    ...service,
    mistakes: mistakesOf(service.name).map(({ name, does }) => ({ name, does })),
  })),
});
