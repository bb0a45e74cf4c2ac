// What every operation of the service is: a description, what it is read into, what it loads and tells.

import type { XmlElement } from 'libxml2-wasm';
import { type Operation, serve } from '../../contract/operation.ts';
import type { Warning } from '../../kernel/problem.ts';
import type { OperationDescription } from '../../soap/service.ts';
import type { Query } from '../../store/engine.ts';
import type { ElementNode } from '../../xml/writer.ts';
import type { Rights } from '../register/organisations.ts';
import { type AccessProblem, type Part, refuseAccess } from './access.ts';
import type { HeaderProblem, LookupCaller } from './caller.ts';
import type { PrintCertificate } from './print-certificate.ts';
import type { Version } from './version.ts';

/** What the operations go by besides the register. */
export interface Surroundings {
  readonly rights: Rights;
  readonly print: PrintCertificate;
  /** The register hand of the clock, in milliseconds since 1970. */
  readonly now: () => number;
}

/** The problems that the service alone has. */
export type LookupProblem = AccessProblem | HeaderProblem;

/** What an operation is made of, with its types. */
export interface LookupOperation<Command, Loaded> {
  readonly description: OperationDescription;
  /** The part of the service that a caller must have the right to. */
  readonly part: Part;
  readonly decode: (payload: XmlElement) => Command;
  readonly load: (command: Command) => Query<Loaded>;
  readonly answer: (loaded: Loaded, command: Command, at: number, surroundings: Surroundings) => ElementNode;
  readonly warn?: (command: Command, loaded: Loaded) => readonly Warning[];
}

/** An operation in the list of a version, whatever its command. */
export interface Listed {
  readonly description: OperationDescription;
  readonly over: (surroundings: Surroundings) => Operation<LookupCaller, LookupProblem>;
}

export type Describe = (version: Version) => Listed;

export const listed = <Command, Loaded>({
  description,
  part,
  decode,
  load,
  answer,
  warn = () => [],
}: LookupOperation<Command, Loaded>): Listed => ({
  description,
  over: (surroundings) =>
    serve({
      description,
      decode,
      deed: (command: Command, caller: LookupCaller) => {
        const at = surroundings.now();
        return {
          load: load(command),
          decide: (loaded: Loaded) => ({
            result: refuseAccess(caller, part, surroundings.rights, at) ?? { loaded },
          }),
          tell: (result: AccessProblem | { readonly loaded: Loaded }) =>
            'problem' in result
              ? result
              : {
                  answer: answer(result.loaded, command, at, surroundings),
                  result: 'OK',
                  warnings: warn(command, result.loaded),
                },
        };
      },
      encode: (answered: ElementNode) => answered,
    }),
});
