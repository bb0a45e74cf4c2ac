// From envelope to operation: the Body's child decides, a SOAPAction may only agree.

import type { Problem } from '../kernel/problem.ts';
import { placeOf } from '../xml/place.ts';
import { printQName, qnameOf } from '../xml/tree.ts';
import type { Envelope } from './envelope.ts';
import { type SoapProblem, soapProblem } from './problems.ts';
import type { OperationDescription, ServiceDescription } from './service.ts';

/** What is dispatched over: a service, described or as it runs. */
type Dispatched<Operation extends OperationDescription> = Pick<ServiceDescription, 'wsdl'> & {
  readonly operations: readonly Operation[];
};

const unknownOperation = (
  envelope: Envelope,
  service: Dispatched<OperationDescription>,
): Problem<SoapProblem> => {
  const sent = qnameOf(envelope.payload);
  const namesake = service.operations.find(({ request }) => request.name === sent.name);
  return soapProblem('soap.unknown-operation', {
    check: 'operation, by the Body’s child',
    expected: service.operations.map(({ request }) => request.name).join(', '),
    found: printQName(sent),
    rule: `WSDL ${service.wsdl}; WS-I Basic Profile R2712`,
    remedy: namesake
      ? `the local name is right: put the element into the namespace ${namesake.request.namespace}`
      : `send one of the expected elements, in ${service.operations[0]?.request.namespace ?? 'the message namespace'}`,
    basis: 'documented',
    where: placeOf(envelope.payload),
  });
};

/**
 * Finds the operation that a message asks for.
 *
 * @param action SOAPAction or the action parameter; absent, empty, the operation's name, or refused
 */
export const dispatch = <Operation extends OperationDescription>(
  envelope: Envelope,
  service: Dispatched<Operation>,
  action: string | undefined,
): Operation | Problem<SoapProblem> => {
  const { name, namespace } = qnameOf(envelope.payload);
  const operation = service.operations.find(
    ({ request }) => request.name === name && request.namespace === namespace,
  );
  if (!operation) return unknownOperation(envelope, service);
  if (action === undefined || action === '' || action === operation.name || action === operation.action)
    return operation;
  return soapProblem('soap.action-mismatch', {
    check: 'SOAPAction against the Body',
    expected: `"${operation.action ?? ''}" (as in the WSDL), none, or ${operation.name}`,
    found: action,
    rule: `WS-I Basic Profile R2744; WSDL soapAction="${operation.action ?? ''}"`,
    remedy: 'send the SOAPAction that the WSDL says',
  });
};
