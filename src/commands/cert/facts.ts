// What a certificate says about itself, in words; the same for `cert list`, `cert new` and `cert inspect`.

import { danishIdentity } from '../../dfdg/caller.ts';
import type { Certificate } from '../../security/trust/certificate.ts';

const POLICIES: Readonly<Record<string, string>> = {
  '2.5.29.32.0': 'any policy',
  '2.16.578.1.26.1.0.3.2': 'Buypass organisation certificate, test (SEID v1)',
  '2.16.578.1.26.1.3.2': 'Buypass organisation certificate',
  '2.16.578.1.29.913.1.1.0': 'Commfides organisation certificate, test',
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

export type Generation = 'SEID v1' | 'SEID v2' | 'OCES 2' | 'OCES 3' | 'none';

/** The organisation that a certificate names, and in which of the four shapes. */
export const holderOf = (
  certificate: Certificate,
): { readonly number: string | undefined; readonly place: string; readonly generation: Generation } => {
  const { organisation } = certificate;
  if (organisation) {
    const { number, attribute } = organisation;
    return {
      number,
      place: attribute,
      generation: attribute === 'organizationIdentifier' ? 'SEID v2' : 'SEID v1',
    };
  }
  const danish = danishIdentity(certificate);
  if (!danish) return { number: undefined, place: '', generation: 'none' };
  const third = danish.userIdentifier.includes('-UUID:');
  return {
    number: danish.cvr,
    place: third ? 'organizationIdentifier' : 'serialNumber',
    generation: third ? 'OCES 3' : 'OCES 2',
  };
};

const keyOf = ({ publicKey: { asymmetricKeyType, asymmetricKeyDetails } }: Certificate): string =>
  [
    asymmetricKeyType ?? 'unknown',
    asymmetricKeyDetails?.modulusLength ?? asymmetricKeyDetails?.namedCurve ?? '',
  ]
    .join(' ')
    .trim();

/** Everything a certificate says, label by label. */
export const factsOf = (certificate: Certificate): Record<string, string> => {
  const { number, place, generation } = holderOf(certificate);
  const danish = certificate.organisation ? undefined : danishIdentity(certificate);
  const { keyUsage, extendedKeyUsage, policies, unknownCritical, pathLength } = certificate;
  const length = pathLength === undefined ? '' : `, path length ${pathLength}`;
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    'serial number': certificate.serialNumber,
    organisation: number ? `${number}, found in ${place}` : 'none found (2.5.4.97, serialNumber, CN)',
    generation: generation === 'none' ? 'neither SEID nor OCES' : generation,
    ...(danish ? { UserIdentifier: `${danish.userIdentifier} (of a system, user type 3)` } : {}),
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
