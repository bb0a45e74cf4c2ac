// An answer as the command line reads it: verified by the emulator's own security code before a word of it is believed.

import { isProblem, type Problem } from '../kernel/problem.ts';
import { profiles } from '../security/profiles.ts';
import { createReplayCache } from '../security/replay.ts';
import { createSignerCache } from '../security/signer.ts';
import type { TrustStore } from '../security/trust.ts';
import { verifyMessage } from '../security/verify.ts';
import { readEnvelope } from '../soap/envelope.ts';
import type { SoapVersion } from '../soap/version.ts';
import { guard } from '../xml/guard.ts';
import { parse } from '../xml/parse.ts';
import { children, isNamed, textOf } from '../xml/tree.ts';

/** What an answer says. Only a signed one can be believed; a fault never is signed. */
export interface ReadAnswer {
  readonly kind: 'answer' | 'fault';
  readonly element: string;
  /** The leaf elements, in document order. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** Subject and organisation number of the verified signer; undefined: the answer was not signed. */
  readonly signer: { readonly subject: string; readonly organisation: string } | undefined;
}

const leaves = (element: Parameters<typeof children>[0]): { name: string; value: string }[] =>
  children(element).flatMap((child) =>
    children(child).length > 0 ? leaves(child) : [{ name: child.name, value: textOf(child) }],
  );

/**
 * Reads an answer and, where it has a Security header, verifies it.
 *
 * @param now milliseconds since 1970
 * @returns a problem when the answer is no SOAP message, or its signature does not hold
 */
export const readAnswer = (
  bytes: Buffer,
  version: SoapVersion,
  trust: TrustStore,
  now: number,
): ReadAnswer | Problem => {
  const utf8 = guard(bytes, undefined);
  if (isProblem(utf8)) return utf8;
  const document = parse(utf8);
  if (isProblem(document)) return document;
  using _tree = document;
  const envelope = readEnvelope(document, version);
  if (isProblem(envelope)) return envelope;
  const { payload, blocks } = envelope;
  const read = (kind: ReadAnswer['kind'], signer: ReadAnswer['signer']): ReadAnswer => ({
    kind,
    element: payload.name,
    fields: leaves(payload),
    signer,
  });
  if (isNamed(payload, version.namespace.uri, 'Fault')) return read('fault', undefined);
  if (blocks.length === 0) return read('answer', undefined);
  const verified = verifyMessage(
    envelope,
    [],
    { ...profiles.strict, replay: false },
    {
      signers: createSignerCache(trust),
      replay: createReplayCache(),
      now,
    },
  );
  if (isProblem(verified)) return verified;
  const { signer } = verified;
  return read('answer', signer && { subject: signer.certificate.subject, organisation: signer.organisation });
};
