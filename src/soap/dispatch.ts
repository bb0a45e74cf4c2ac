// From envelope to operation: the Body's child decides, a SOAPAction may only agree.

import { nearest } from '../kernel/nearest.ts';
import type { Problem, QName } from '../kernel/problem.ts';
import { xenc } from '../xml/names.ts';
import { placeOf } from '../xml/place.ts';
import { printQName, qnameOf } from '../xml/tree.ts';
import type { Envelope } from './envelope.ts';
import { type Reason, type SoapProblem, soapProblem } from './problems.ts';
import type { OperationDescription, ServiceDescription } from './service.ts';

/** What is dispatched over: a service, described or as it runs. */
type Dispatched<Operation extends OperationDescription> = Pick<ServiceDescription, 'wsdl'> & {
  readonly operations: readonly Operation[];
};

const isSame = (one: QName, other: QName): boolean =>
  one.name === other.name && one.namespace === other.namespace;

/** What to do about an element that is no request of the service. */
const remedyFor = (
  sent: QName,
  { operations }: Dispatched<OperationDescription>,
  elsewhere: readonly ServiceDescription[],
): Pick<Reason, 'remedy' | 'kind'> => {
  for (const { name, paths, operations } of elsewhere)
    if (operations.some(({ request }) => isSame(request, sent)))
      return {
        remedy: `this is a request of the service ${name}: send it to ${paths.join(' or ')}, or generate the client from the WSDL of this service`,
        kind: 'of-another-service',
      };
  if (sent.namespace === xenc.uri)
    return { remedy: 'send the request as it is: requests are signed, and never encrypted' };
  const namesake = operations.find(({ request }) => request.name === sent.name);
  if (namesake)
    return {
      remedy: `the local name is right: put the element into the namespace ${namesake.request.namespace}`,
    };
  const meant = nearest(
    sent.name,
    operations.map(({ request }) => request.name),
  );
  const namespace = operations[0]?.request.namespace ?? 'the message namespace';
  return {
    remedy:
      meant === undefined
        ? `send one of the expected elements, in ${namespace}`
        : `did you mean ${meant}? It is in the namespace ${namespace}`,
  };
};

const unknownOperation = (
  envelope: Envelope,
  service: Dispatched<OperationDescription>,
  elsewhere: readonly ServiceDescription[],
): Problem<SoapProblem> => {
  const sent = qnameOf(envelope.payload);
  return soapProblem('soap.unknown-operation', {
    check: 'operation, by the Body’s child',
    expected: service.operations.map(({ request }) => request.name).join(', '),
    found: printQName(sent),
    rule: `WSDL ${service.wsdl}; WS-I Basic Profile R2712`,
    ...remedyFor(sent, service, elsewhere),
    basis: 'documented',
    where: placeOf(envelope.payload),
  });
};

/**
 * Finds the operation that a message asks for.
 *
 * @param action SOAPAction or the action parameter; absent, empty, the operation's name, or refused
 * @param elsewhere the other services, one of which the message may be for
 */
export const dispatch = <Operation extends OperationDescription>(
  envelope: Envelope,
  service: Dispatched<Operation>,
  action: string | undefined,
  elsewhere: readonly ServiceDescription[] = [],
): Operation | Problem<SoapProblem> => {
  const sent = qnameOf(envelope.payload);
  const operation = service.operations.find(({ request }) => isSame(request, sent));
  if (!operation) return unknownOperation(envelope, service, elsewhere);
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
