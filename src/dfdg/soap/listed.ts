// An operation as a service lists it: described in the service's own names, and served over a register.

import { type Operation, serve } from '../../contract/operation.ts';
import type { OperationDescription } from '../../soap/service.ts';
import type { Namespace } from '../../xml/names.ts';
import { type ElementNode, element } from '../../xml/writer.ts';
import type { DanishCaller } from '../caller.ts';
import { decideCitizen, type Surroundings } from '../decide.ts';
import type { CitizenOperation, Referenced } from '../operation.ts';
import type { Refusal } from '../rule.ts';
import { targetIn, textElement } from './message.ts';

/** A service's own names, from which everything else follows. */
export interface Names {
  readonly name: 'reminder' | 'jobnet';
  /** The name in WSDL, paths and namespaces. */
  readonly service: string;
  readonly wsdl: string;
  readonly messages: string;
  /** What citizens are named by. */
  readonly key: string;
  readonly exampleKey: string;
}

/** An operation in a service's list, whatever it is told and answers. */
export interface Listed {
  readonly describe: (names: Names) => OperationDescription;
  /** The operation over a register. */
  readonly serve: (names: Names, surroundings: Surroundings) => Operation<DanishCaller, Refusal>;
}

export const namespaceOf = ({ service }: Names): Namespace => ({
  prefix: 'm',
  uri: `http://service.bm.dk/${service}/2020/01/15/`,
});

/** The answer's element of an operation. */
export const answerElement = (
  names: Names,
  operation: string,
  ...content: readonly ElementNode[]
): ElementNode => element(namespaceOf(names), `${operation}Response`, [], ...content);

const describe = <Command, Answer>(
  names: Names,
  operation: CitizenOperation<Command, Answer>,
): OperationDescription => {
  const namespace = namespaceOf(names);
  const { name, summary, basis, fields, examples } = operation;
  const searches = 'search' in operation.decision;
  const keys = searches ? [] : [names.key];
  return {
    name,
    summary,
    basis,
    request: { namespace: namespace.uri, name: `${name}Request` },
    response: { namespace: namespace.uri, name: `${name}Response` },
    action: `http://service.bm.dk/pjaktass/1/${names.service}#${name}`,
    fields: [...keys, ...fields].map((field) => ({ name: field, required: true })),
    compose: (values) => [
      ...keys.flatMap((key) => (values[key] === undefined ? [] : [textElement(namespace, key, values[key])])),
      ...operation.compose(values, namespace),
    ],
    examples: examples.map((example) => ({
      ...(searches ? {} : { [names.key]: names.exampleKey }),
      ...example,
    })),
  };
};

export const listed = <Command, Answer>(operation: CitizenOperation<Command, Answer>): Listed => ({
  describe: (names) => describe(names, operation),
  serve: (names, surroundings) => {
    const namespace = namespaceOf(names);
    return serve({
      description: describe(names, operation),
      decode: (payload) => ({ target: targetIn(payload), command: operation.decode(payload) }),
      deed: decideCitizen(operation, names.name, surroundings),
      encode: ({ reference, answer }: Referenced<Answer>) =>
        answerElement(
          names,
          operation.name,
          textElement(namespace, 'status', 'OK'),
          textElement(namespace, 'ServiceRequestLogReferenceIdentifier', reference),
          ...operation.encode(answer, namespace),
        ),
    });
  },
});
