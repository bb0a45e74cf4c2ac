// The Danish contract: the SOAP services over its register, each a line in this file; REST answers from the same operations.

import type { RegisterProblem, Service, ServiceDescription } from '../soap/service.ts';
import type { DanishRegister } from './decide.ts';
import type { DanishProblem } from './problems.ts';
import { mayUse } from './register/organisations.ts';
import { jobnet, type Refusals, reminder, serveJobnet, serveReminder } from './soap/services.ts';

const services = [
  { description: reminder, serve: serveReminder, allowed: mayUse.reminder },
  { description: jobnet, serve: serveJobnet, allowed: mayUse.jobnet },
];

/** The SOAP services as they are described. */
export const danishServices: readonly ServiceDescription[] = services.map(({ description }) => description);

/** A service with a register behind it, and the organisation types that may use it. */
export interface DanishService {
  readonly service: Service<RegisterProblem | DanishProblem>;
  readonly allowed: readonly number[];
}

/** The SOAP services with a register behind them. */
export const createDanishServices = (
  register: DanishRegister,
  refusals: Refusals,
): readonly DanishService[] =>
  services.map(({ serve, allowed }) => ({ service: serve(register, refusals), allowed }));
