// kontakt cert new: a certificate to order, for the test that needs it. Works beside a running emulator too.

import { certificateReadings } from '../../emulator/contracts.ts';
import { issueInto } from '../../emulator/issuing.ts';
import { createClock } from '../../kernel/clock.ts';
import type { OrderOptions } from '../../pki/order.ts';
import { type Certificate, readPem } from '../../security/trust/certificate.ts';
import { print, printJson } from '../print.ts';
import { factsOf } from './facts.ts';

/** countryName of X.520. */
const COUNTRY_NAME = '2.5.4.6';

/** A call in the country that the certificate names. */
const example = (name: string, { attributes }: Certificate, where: string): string => {
  const named = attributes.find(({ type }) => type === COUNTRY_NAME)?.text.toLowerCase();
  const home = certificateReadings.find(({ country }) => country === named) ?? certificateReadings[0];
  return `kontakt call ${home?.tryWith} --as ${name}${where}`;
};

/**
 * Issues a certificate with its key into `clients` of a folder of certificates.
 *
 * @param where what a call must be told to find them, with a blank before it
 * @throws ConfigurationError for an order that cannot be; UserError when the directory has no PKI, or the name is taken
 */
export const certNew = async (
  name: string,
  folder: string,
  where: string,
  { force = false, json = false, ...options }: OrderOptions & { force?: boolean; json?: boolean },
): Promise<void> => {
  const { leaf, ...issued } = await issueInto(
    folder,
    { client: name, options, force },
    new Date(createClock().real()),
  );
  const [certificate] = readPem(issued.certificatePem);
  if (!certificate) throw new Error('the certificate that was made cannot be read');
  const facts = { ...factsOf(certificate), revoked: leaf.revoked ? 'yes' : 'no' };
  const { certificatePath: pem, keyPath: key, p12Path: p12, legacyP12Path: legacyP12 } = issued;
  const paths = { pem, key, ...(p12 ? { p12, legacyP12 } : {}) };
  if (json) {
    printJson({ name, paths, facts });
    return;
  }
  const files = {
    certificate: pem,
    'private key': key,
    'PKCS#12': p12 ?? 'none: not for an EC key',
    ...(legacyP12 ? { 'for older ones': legacyP12 } : {}),
  };
  const rows = Object.entries({ ...files, ...facts }).map(([label, value]) => `${label.padEnd(15)} ${value}`);
  print([...rows, '', `  ${example(name, certificate, where)}`]);
};
