// The error codes of the Danish services: texts letter for letter, and what they become over REST.

import type { Basis } from '../kernel/problem.ts';

interface ErrorText {
  readonly english: string;
  readonly danish?: string;
  /** The HTTP status over REST [A]; over SOAP it is always 500. */
  readonly status: number;
  readonly basis: Basis;
}

const documented = (status: number, english: string, danish?: string): ErrorText => ({
  english,
  ...(danish === undefined ? {} : { danish }),
  status,
  basis: 'documented',
});
const assumed = (status: number, english: string): ErrorText => ({ english, status, basis: 'assumed' });

export const errors = {
  1001: documented(400, 'Invalid cpr'),
  1010: documented(404, 'Unknown cpr'),
  1011: documented(500, 'Internal error on server'),
  1012: documented(401, 'Logon failed'),
  1013: documented(403, 'Insufficient permissions'),
  1014: documented(400, 'Failed to validate message'),
  1101: documented(401, 'Client certificate missing from request'),
  2002: documented(400, 'code list value invalid'),
  4400: documented(404, 'CV Customer Number is unknown'),
  4405: documented(409, 'The person with specified cpr is dead'),
  4413: documented(403, 'The authority type of the request header is invalid'),
  4575: documented(403, 'You are not authorized'),
  8173: documented(403, 'OrganisationType is invalid according to its code list'),
  8174: documented(403, 'UserType is invalid according to its code list'),
  8232: documented(400, 'SOAP header missing: ActiveOrganisationHeader'),
  8233: documented(400, 'SOAP header missing: RequestUserMetadataHeader'),
  8234: documented(400, 'could not deserialize the SOAP header ActiveOrganisationHeader'),
  8235: documented(400, 'could not deserialize the SOAP header RequestUserMetadataHeader'),
  9153: documented(400, 'The submitted PersonContactDataTypeIdentifier is not a valid codelist value'),
  9155: documented(
    409,
    'The mail address cannot be removed while a subscribtion for email notifications exists',
    'Email adresse kan ikke fjernes sålænge der er huskeserviceabonnement tilknyttet',
  ),
  9156: documented(
    400,
    'The submitted mobile phone number is invalid',
    'Det angivne mobiltelefonnummer er ikke validt',
  ),
  9157: documented(400, 'The submitted phone number is invalid', 'Det angivne telefonnummer er ikke validt'),
  9158: documented(400, 'The submitted mail address is invalid', 'Den angivne emailadresse er ikke valid'),
  9159: documented(
    404,
    'No person contact data was registered for the submitted person',
    'Ingen kontaktinformationer på borger var registreret',
  ),
  9240: documented(
    409,
    'The registered person contact data is not valid for verification',
    'Verifikation af den angivne kontaktdatatype er ikke tilladt',
  ),
  9241: assumed(422, 'The verification code is wrong'),
  9242: documented(
    404,
    'No person contact data registered for verification',
    'Ingen kontaktdatatype registreret til verifikation',
  ),
  9243: assumed(422, 'The verification code has expired'),
  9244: assumed(429, 'Too many attempts to verify'),
  9247: documented(
    409,
    'The person contact data has already been verified',
    'Kontaktdatatype er allerede verificeret',
  ),
  9460: documented(409, "Not allowed to register on a citizen's former cpr number"),
} as const satisfies Readonly<Record<number, ErrorText>>;

export type ErrorCode = keyof typeof errors;
/** What is the emulator's own fault is told by this code. */
export const OWN_FAULT = 1011 satisfies ErrorCode;

export type Language = 'en' | 'da';

/** Codes that are documented and that nothing here can raise, with the reason. */
export const unreachable: Readonly<Record<number, string>> = {
  1100: 'a general error; every error here has a code of its own',
  2001: 'no message names a code list',
  2003: 'no value of the four code lists has expired',
};

/** The documented text in a language; English where there is no Danish one. */
export const errorText = (code: ErrorCode, language: Language): string => {
  const text: ErrorText = errors[code];
  return language === 'da' ? (text.danish ?? text.english) : text.english;
};
