// Certificate revocation lists: read from DER, checked once against their issuer's key.

import { verify } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { CertificateList } from '@peculiar/asn1-x509';
import type { Certificate } from './certificate.ts';

export interface RevocationList {
  readonly issuerDer: Buffer;
  /** Serial numbers, upper-case hexadecimal without leading zeros. */
  readonly revoked: ReadonlySet<string>;
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  signedBy(issuer: Certificate): boolean;
}

const HASHES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
};

/** A serial number in the form lists and certificates are compared in. */
export const serialKey = (hex: string): string => hex.toUpperCase().replace(/^0+(?=.)/, '');

/** Reads a DER list; undefined when it is none. A list without nextUpdate never goes stale. */
export const readRevocationList = (der: Buffer): RevocationList | undefined => {
  try {
    const list = AsnConvert.parse(der, CertificateList);
    const { tbsCertList, tbsCertListRaw, signatureAlgorithm, signature } = list;
    const hash = HASHES[signatureAlgorithm.algorithm];
    const tbs = Buffer.from(tbsCertListRaw ?? AsnConvert.serialize(tbsCertList));
    return {
      issuerDer: Buffer.from(AsnConvert.serialize(tbsCertList.issuer)),
      revoked: new Set(
        (tbsCertList.revokedCertificates ?? []).map(({ userCertificate }) =>
          serialKey(Buffer.from(userCertificate).toString('hex')),
        ),
      ),
      thisUpdate: tbsCertList.thisUpdate.getTime().getTime(),
      nextUpdate: tbsCertList.nextUpdate?.getTime().getTime() ?? Number.POSITIVE_INFINITY,
      signedBy: (issuer) => hash !== undefined && verify(hash, tbs, issuer.publicKey, Buffer.from(signature)),
    };
  } catch {
    return undefined;
  }
};
