// A SOAP service as it runs: its operations over a register, its compiled schemas and its protection.

import type { Validator } from '../schema/validate.ts';
import type { Protection } from '../soap/protection.ts';
import type { Caller } from '../soap/service.ts';
import type { XmlLimits } from '../xml/scan.ts';
import type { Service } from './operation.ts';

export interface Endpoint<C extends Caller> {
  readonly service: Service<C>;
  readonly schema: Validator;
  /** How much a message may hold. */
  readonly limits: XmlLimits;
  readonly protection: Protection<C>;
}
