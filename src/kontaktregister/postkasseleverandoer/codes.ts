// The codes of the mailbox providers' service, with their meaning.

/** Every value of `feilBeskrivelse`; the last is in the type but no request can provoke it. */
export const descriptions = {
  RESERVERT: 'the person is reserved against digital communication',
  ALLEREDE_AKTIV: 'the person already has an active mailbox',
  INGEN_POSTBOKS_FUNNET: 'no mailbox was found for the person',
  BRUKER_IKKE_FUNNET: 'the person was not found',
  POSTKASSE_EKSISTERER_ALLEREDE: 'mailbox information already exists for the person',
  UGYLDIG_SERTIFIKAT: 'the certificate in the request has not an approved format',
  UGYLDIG_PERSONNUMMER: 'the person identifier has not the right format',
  UGYLDIG_ORGNR: 'the organisation number has not the right format or is not approved',
  UGYLDIG_EPOSTADRESSE:
    'the e-mail address has not the right format; unreachable, since no request carries one',
} as const;

export type Description = keyof typeof descriptions;
/** The codes a rule can answer. */
export type RefusalCode = Exclude<Description, 'UGYLDIG_EPOSTADRESSE'>;
