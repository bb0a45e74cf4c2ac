// The refusals in the OpenAPI document: one response for each status, with an example for each code that has it.

import { problemExample, refusalResponse, responseName } from '../../contract/openapi.ts';
import { phraseOf } from '../../http/details.ts';
import { errors, errorText } from '../codes.ts';
import { challenge } from './faces.ts';

const DESCRIPTIONS = {
  400: 'The request is not as this document says, or a value in it is none.',
  401: 'No client certificate, or one that is not accepted.',
  403: 'The certificate, the organisation or the token may not do this.',
  404: 'Nobody has the number, or nothing of the kind is registered.',
  409: 'The citizen, or what is registered, is in a state that does not allow it.',
  412: 'The x-requestId was used within the last 24 hours.',
  413: 'The body is too large.',
  415: 'The body is of a media type or a content encoding that is not taken.',
  422: 'The verification code is wrong or too old.',
  429: 'Too many attempts at a verification code.',
  500: 'The emulator itself failed; its log says why.',
} as const;

/** A status that a method may be refused with. */
export type Status = keyof typeof DESCRIPTIONS;

const exampleOf = (status: number, text: string, fejlkode?: number) =>
  problemExample(status, text, { ...(fejlkode === undefined ? {} : { fejlkode }), fejltekst: text });

const examplesOf = (status: Status): Record<string, unknown> => {
  const coded = Object.entries(errors)
    .filter(([, error]) => error.status === status)
    // What only SOAP can say: its headers.
    .filter(([code]) => !/^823/.test(code))
    .map(([code]) => Number(code) as keyof typeof errors);
  return coded.length > 0
    ? Object.fromEntries(coded.map((code) => [String(code), exampleOf(status, errorText(code, 'en'), code)]))
    : { refused: exampleOf(status, phraseOf(status)) };
};

/** The responses by name. */
export const refusalResponses = (scopes: boolean): Record<string, unknown> =>
  Object.fromEntries(
    (Object.keys(DESCRIPTIONS).map(Number) as Status[]).map((status) => [
      responseName(status),
      refusalResponse({
        description: DESCRIPTIONS[status],
        examples: examplesOf(status),
        challenge: status === 401 ? challenge(scopes) : undefined,
      }),
    ]),
  );
