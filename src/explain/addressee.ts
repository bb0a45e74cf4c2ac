// The service that a message is for: told by the element in its Body, wherever it was sent.

import type { XmlElement } from 'libxml2-wasm';
import type { Envelope } from '../soap/envelope.ts';
import type { OperationDescription, ServiceDescription } from '../soap/service.ts';
import { isNamed } from '../xml/tree.ts';
import type { Refusal } from './rules/rule.ts';

/** A service as a message is judged for it. */
export interface Addressee {
  readonly service: ServiceDescription;
  /** Whether its messages are protected by WS-Security. */
  readonly secured: boolean;
  /** What it asks of header blocks of its own; undefined: nothing. */
  readonly judgeHeaders?: ((envelope: Envelope) => Refusal | undefined) | undefined;
}

export type Addressed =
  /** The addressee, and the operations that it may be for: none where nothing tells that it is for anybody here. */
  | {
      readonly kind: 'request';
      readonly to: Addressee | undefined;
      readonly operations: readonly OperationDescription[];
    }
  /** An answer of a service, or a fault. */
  | { readonly kind: 'answer' };

const operationsOf = (all: readonly Addressee[]): OperationDescription[] =>
  all.flatMap(({ service }) => service.operations);

/** How a service may be meant, the surest first: its element, its namespace, its names in another namespace. */
const looks: readonly ((operation: OperationDescription, payload: XmlElement) => boolean)[] = [
  ({ request }, payload) => isNamed(payload, request.namespace, request.name),
  ({ request }, payload) => payload.namespaceUri === request.namespace,
  ({ request, name }, payload) => payload.name === request.name || payload.name === name,
];

/** @param chosen where somebody said which it is: then the message decides nothing */
export const addresseeOf = (
  { payload, version }: Envelope,
  all: readonly Addressee[],
  chosen: Addressee | undefined,
): Addressed => {
  const isAnswer =
    isNamed(payload, version.namespace.uri, 'Fault') ||
    operationsOf(all).some(({ response }) => isNamed(payload, response.namespace, response.name));
  if (isAnswer) return { kind: 'answer' };
  if (chosen) return { kind: 'request', to: chosen, operations: chosen.service.operations };
  for (const look of looks) {
    const meant = all.filter(({ service }) => service.operations.some((one) => look(one, payload)));
    const [only, ...others] = meant;
    if (only)
      return { kind: 'request', to: others.length === 0 ? only : undefined, operations: operationsOf(meant) };
  }
  return { kind: 'request', to: undefined, operations: [] };
};
