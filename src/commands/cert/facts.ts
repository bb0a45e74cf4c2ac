// What a certificate says about itself, in words; the same for `cert list`, `cert new` and `cert inspect`.

import { certificateReadings, identityOf } from '../../emulator/contracts.ts';
import type { Certificate } from '../../security/trust/certificate.ts';

const POLICIES: Readonly<Record<string, string>> = {
  '2.5.29.32.0': 'any policy',
  ...Object.assign({}, ...certificateReadings.map(({ policies }) => policies)),
};

const EXTENDED: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '2.5.29.37.0': 'any',
};

const named = (oid: string, names: Readonly<Record<string, string>>): string =>
  names[oid] ? `${oid} (${names[oid]})` : oid;

/** An instant in words. */
export const moment = (instant: number): string => new Date(instant).toISOString();

const keyOf = ({ publicKey: { asymmetricKeyType, asymmetricKeyDetails } }: Certificate): string =>
  [
    asymmetricKeyType ?? 'unknown',
    asymmetricKeyDetails?.modulusLength ?? asymmetricKeyDetails?.namedCurve ?? '',
  ]
    .join(' ')
    .trim();

/** Everything a certificate says, label by label. */
export const factsOf = (certificate: Certificate): Record<string, string> => {
  const identity = identityOf(certificate);
  const { keyUsage, extendedKeyUsage, policies, unknownCritical, pathLength } = certificate;
  const length = pathLength === undefined ? '' : `, path length ${pathLength}`;
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    'serial number': certificate.serialNumber,
    organisation: identity
      ? `${identity.number}, found in ${identity.place}`
      : 'none found (2.5.4.97, serialNumber, CN)',
    generation:
      identity?.generation ?? `neither ${certificateReadings.map(({ family }) => family).join(' nor ')}`,
    ...identity?.facts,
    key: keyOf(certificate),
    'key identifier': certificate.keyIdentifier ?? 'none',
    'issuer key': certificate.authorityKey.keyIdentifier ?? 'not named',
    'signed with': certificate.scheme.name,
    'key usage': keyUsage?.join(', ') ?? 'not restricted',
    'extended usage': extendedKeyUsage.map((oid) => named(oid, EXTENDED)).join(', ') || 'not restricted',
    CA: certificate.ca ? `yes${length}` : 'no',
    policies: policies.map((oid) => named(oid, POLICIES)).join(', ') || 'none',
    validity: `${moment(certificate.notBefore)} to ${moment(certificate.notAfter)}`,
    ...(unknownCritical.length > 0 ? { 'not understood': unknownCritical.join(', ') } : {}),
  };
};
