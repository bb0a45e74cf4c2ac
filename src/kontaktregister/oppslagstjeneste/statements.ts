// What the lookup service does beyond its operations, rule by rule, each with how well it is known.

import type { Statement } from '../../kernel/problem.ts';

const documented = (what: string): Statement => ({ what, basis: 'documented' });
const observed = (what: string): Statement => ({ what, basis: 'observed' });
const assumed = (what: string): Statement => ({ what, basis: 'assumed' });

export const lookupStatements: readonly Statement[] = [
  documented('HentPersoner answers one Person for each number, in the order of the request'),
  documented(
    'informasjonsbehov: status and reservation are always delivered; a value that is there twice counts once',
  ),
  documented('an unknown person is IKKE_REGISTRERT, with nothing else'),
  documented('of a person who is SLETTET no contact information, mailbox or certificate is delivered'),
  assumed('of a person who is SLETTET the reservation is delivered'),
  documented('beskrivelse of 14-05 tells why a person is SLETTET'),
  observed('the mailbox of a reserved person is kept, and not delivered'),
  documented('only the active mailbox is delivered, with its certificate'),
  assumed('Kontaktinformasjon is left out where the person has neither mobile number nor e-mail address'),
  documented(
    'VarslingsStatus: KAN_IKKE_VARSLES for persons who are reserved, SLETTET or unknown, or whose contact information was neither changed nor confirmed for 18 months',
  ),
  documented('where KAN_IKKE_VARSLES is told, contact information, mailbox and certificate are left out'),
  assumed('one channel within 18 months is enough for KAN_VARSLES; both are delivered then'),
  assumed(
    'a channel without a date counts as older than 18 months, a person without any channel as KAN_IKKE_VARSLES',
  ),
  assumed('a number that has the length and no right control digits is that of an unknown person'),
  documented(
    'HentEndringer delivers persons as they are now, from fraEndringsNummer on, itself included, at most 1000 at a time',
  ),
  documented(
    'HentEndringer always delivers Kontaktinfo, never varslingsstatus, and leaves nothing out for its age',
  ),
  documented(
    'tilEndringsNummer is the last number that is included, senesteEndringsNummer that of the register',
  ),
  assumed(
    'a negative fraEndringsNummer counts as 0; beyond the last number nobody is told, and til is seneste',
  ),
  documented(
    'the register is exported whole: Kontaktregister of eksporttjeneste 14-05, with eksportTidspunkt and senesteEndringsNummer',
  ),
  assumed(
    'in the export file everybody stands as HentEndringer of 14-05 delivers a person, with all that can be asked for',
  ),
  documented('HentPrintSertifikat tells the print provider and its certificate'),
  assumed(
    'the print provider is 984661185, with a certificate of the test PKI (settings: printProvider, printCertificate)',
  ),
  documented(
    'access is a relation: the organisation of the certificate, the one that it acts for (PaaVegneAv, else itself), and OPPSLAGSTJENESTEN (HentPersoner, HentPrintSertifikat) or ENDRINGSTJENESTEN (HentEndringer)',
  ),
  observed('without that relation: a fault, Invalid service usage'),
  assumed('access is judged after the schema; without a signature (profile none) it is not'),
  documented('the header of PaaVegneAv is signed; unsigned ones were taken (observed), strict refuses them'),
  observed(
    'answers of 16-02: signed, then encrypted to the certificate of the request; SignatureConfirmation',
  ),
  observed('14-05 has the profile of its years, 14-05, where the profile is observed'),
  documented('answers are compressed by gzip where Accept-Encoding takes it'),
  assumed('times are written in UTC'),
];
