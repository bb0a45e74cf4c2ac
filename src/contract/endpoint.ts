// A SOAP service as it runs: its operations over a register, its compiled schemas and its protection.

import type { Problem } from '../kernel/problem.ts';
import type { Validator } from '../schema/validate.ts';
import type { SecurityProblem } from '../security/problems.ts';
import type { Protection } from '../soap/protection.ts';
import type { Caller } from '../soap/service.ts';
import type { XmlLimits } from '../xml/scan.ts';
import type { Service } from './operation.ts';

/** `Own` are the problems that its contract alone has. */
export interface Endpoint<C extends Caller, Own extends Problem = never> {
  readonly service: Service<C, Own>;
  readonly schema: Validator;
  /** How much a message may hold. */
  readonly limits: XmlLimits;
  readonly protection: Protection<C, Problem<SecurityProblem> | Own>;
}
