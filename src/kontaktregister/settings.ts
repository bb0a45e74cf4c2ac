// The settings of the Norwegian services.

import * as z from 'zod';
import { checkOrganisasjonsnummer } from '../identifiers/organisasjonsnummer.ts';
import { flag, setting } from '../kernel/setting.ts';

const organisationNumber = z.string().superRefine((text, context) => {
  const fault = checkOrganisasjonsnummer(text);
  if (fault) context.addIssue({ code: 'custom', message: `no organisation number: ${fault}` });
});

export const norwegianSettings = {
  displace: setting(flag, {
    value: false,
    help: 'choosing a mailbox displaces another provider’s active one: on or off',
    option: '',
  }),
  mailboxCertificate: setting(z.enum(['parse', 'chain']), {
    value: 'parse',
    help: 'what x509Sertifikat must be: within validity (parse), or of a trusted chain too (chain)',
    option: '<demand>',
  }),
  printProvider: setting(organisationNumber, {
    value: '984661185',
    help: 'organisation number of the print provider, which HentPrintSertifikat tells',
    option: '<number>',
  }),
  printCertificate: setting(z.string().optional(), {
    help: 'PEM file: the certificate of the print provider; by default that of the first client of the test PKI with its number',
    option: '<file>',
  }),
};
