// The certificate of the print provider: the user's, or that of a client of the test PKI.

import { readFileSync } from 'node:fs';
import { reasonOf } from '../../kernel/file-error.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import { readPem } from '../../security/trust/certificate.ts';

/** The provider's organisation number, and its certificate in DER. */
export type PrintCertificate = () => { readonly organisation: string; readonly der: Buffer };

export interface PrintSettings {
  readonly printProvider: string;
  readonly printCertificate?: string | undefined;
}

const readFile = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError((name) => `${name('printCertificate', file)}: ${reasonOf(error)}`);
  }
};

/**
 * Finds the certificate that is delivered.
 *
 * @param clientOf the certificate of the PKI's first client with an organisation number, PEM
 * @throws ConfigurationError where there is none
 */
export const createPrintCertificate = (
  { printProvider, printCertificate }: PrintSettings,
  clientOf: (organisation: string) => string | undefined,
): PrintCertificate => {
  const pem = printCertificate === undefined ? clientOf(printProvider) : readFile(printCertificate);
  const [certificate] = pem === undefined ? [] : readPem(pem);
  if (!certificate)
    throw new ConfigurationError((name) =>
      printCertificate === undefined
        ? `${name('printProvider', printProvider)}: no client of the test PKI has this number; give its certificate with ${name('printCertificate')}`
        : `${name('printCertificate', printCertificate)}: no certificate in the file that can be read`,
    );
  const answer = { organisation: printProvider, der: certificate.der };
  return () => answer;
};
