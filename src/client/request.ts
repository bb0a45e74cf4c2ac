// A request as the command line sends it: written from fields, with or without a signature.

import type { OperationDescription, ServiceDescription } from '../soap/service.ts';
import { type ElementNode, element, write } from '../xml/writer.ts';
import type { Signing } from './security-header.ts';
import { type ClientIdentity, signEnvelope } from './sign.ts';

const payloadOf = (
  operation: OperationDescription,
  values: Readonly<Record<string, string>>,
): ElementNode => {
  const namespace = { prefix: 'm', uri: operation.request.namespace };
  const present = operation.fields.filter(({ name }) => values[name] !== undefined);
  const attributes = present
    .filter(({ attribute }) => attribute)
    .map(({ name }) => ({ name, value: values[name] ?? '' }));
  const content =
    operation.compose?.(values) ??
    present
      .filter(({ attribute }) => !attribute)
      .map(({ name }) => element(namespace, name, [], values[name] ?? ''));
  return element(namespace, operation.request.name, attributes, ...content);
};

/** Writes an envelope without security. */
export const writeRequest = (
  { version: { namespace }, composeHeaders }: ServiceDescription,
  operation: OperationDescription,
  values: Readonly<Record<string, string>>,
): string => {
  const blocks = composeHeaders?.(values) ?? [];
  return write(
    element(
      namespace,
      'Envelope',
      [],
      ...(blocks.length > 0 ? [element(namespace, 'Header', [], ...blocks)] : []),
      element(namespace, 'Body', [], payloadOf(operation, values)),
    ),
  );
};

/** Writes an envelope and signs its Timestamp, its Body and the header blocks of the service; `now` in milliseconds since 1970. */
export const writeSignedRequest = (
  service: ServiceDescription,
  operation: OperationDescription,
  values: Readonly<Record<string, string>>,
  identity: ClientIdentity,
  signing: Signing,
  now: number,
): string => signEnvelope(writeRequest(service, operation, values), identity, signing, now, service.headers);

/** The decoded SignatureValue of a request that was signed here. */
export const signatureValueOf = (request: string): Buffer | undefined => {
  const value = /<ds:SignatureValue>([^<]+)</.exec(request)?.[1];
  return value === undefined ? undefined : Buffer.from(value, 'base64');
};
