// An answer of a SOAP service as HTTP carries it: an envelope, or a problem as the service tells it.

import type { WireAnswer } from '../http/wire.ts';
import { codeText, composeFault, composePlain, faultStatus } from '../soap/compose.ts';
import type { Telling } from '../soap/service.ts';
import type { SoapVersion } from '../soap/version.ts';
import type { Refused } from './exchange.ts';

export const soapReply = (status: number, version: SoapVersion, envelope: string | Buffer): WireAnswer => ({
  status,
  headers: { 'content-type': `${version.mediaType}; charset=utf-8` },
  body: typeof envelope === 'string' ? Buffer.from(envelope) : envelope,
});

/**
 * @param operation the operation's name, where it is known
 * @param reference the call's number in the contract's own log of calls, where it is in there
 */
export const refusalReply = (
  { face, instead }: Telling,
  version: SoapVersion,
  operation?: string,
  reference?: string,
): Pick<Refused, 'reply' | 'fault'> => {
  if (face.kind === 'http') {
    const headers = { 'content-type': 'text/plain; charset=utf-8', ...face.headers };
    return { reply: { status: face.status, headers, body: Buffer.from(`${face.text}\n`) } };
  }
  const reply =
    instead && operation !== undefined
      ? soapReply(200, version, composePlain(instead(operation, reference), version))
      : soapReply(faultStatus(face.code, version), version, composeFault(face, version));
  return { reply, fault: codeText(face.code, version) };
};
