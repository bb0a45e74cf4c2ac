// The HTTP face of a SOAP request: method, media type, charset and action.

import type { Problem } from '../kernel/problem.ts';
import { type SoapProblem, soapProblem } from './problems.ts';
import type { SoapVersion } from './version.ts';

/** What the HTTP headers say about the message. */
export interface Media {
  /** Without parameters, in lower case. */
  readonly type: string;
  readonly charset: string | undefined;
  /** SOAPAction or the action parameter, without its quotes; undefined when not sent. */
  readonly action: string | undefined;
}

const PARAMETER = /;\s*([^=;\s]+)\s*=\s*(?:"([^"]*)"|([^;\s]*))/g;

const unquote = (text: string): string => text.trim().replace(/^"(.*)"$/s, '$1');

/** 415: a message under a media type that is not its own. */
export const wrongMedia = (
  version: SoapVersion,
  found: string,
  remedy = `set Content-Type to ${version.mediaType}; charset=utf-8`,
): Problem<SoapProblem> =>
  soapProblem('soap.media-type', {
    check: 'Content-Type',
    expected: `${version.mediaType}; charset=utf-8`,
    found,
    rule: version.name === '1.1' ? 'SOAP 1.1 §6' : 'SOAP 1.2 Part 2 §7.1.4',
    remedy,
  });

/**
 * Checks the request line and the media type.
 *
 * Either version's media type is let through: the envelope inside decides. One of the other version gets the
 * VersionMismatch fault that SOAP prescribes, whatever its type; one of ours must come under ours (`readEnvelope`).
 */
export const readMedia = (
  method: string,
  headers: Readonly<Record<string, string | undefined>>,
  version: SoapVersion,
): Media | Problem<SoapProblem> => {
  if (method !== 'POST') {
    return soapProblem('soap.method', {
      check: 'HTTP method',
      expected: 'POST with an envelope, or GET with ?wsdl or ?xsd=<name>',
      found: method,
      rule: 'SOAP 1.1 §6; WS-I Basic Profile R1132',
      remedy: 'send the envelope with POST; add ?wsdl to the address to read the contract',
    });
  }
  const contentType = headers['content-type'] ?? '';
  const mediaType = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  if (mediaType !== 'text/xml' && mediaType !== 'application/soap+xml') {
    return wrongMedia(
      version,
      contentType || 'no Content-Type',
      mediaType.startsWith('multipart/')
        ? 'switch MTOM and attachments off; this service takes plain XML'
        : undefined,
    );
  }
  const parameters = new Map(
    [...contentType.matchAll(PARAMETER)].map((match) => [
      match[1]?.toLowerCase(),
      match[2] ?? match[3] ?? '',
    ]),
  );
  const soapAction = headers.soapaction;
  return {
    type: mediaType,
    charset: parameters.get('charset'),
    action: soapAction === undefined ? parameters.get('action') : unquote(soapAction),
  };
};
