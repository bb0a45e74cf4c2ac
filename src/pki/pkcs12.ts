// Reading PKCS#12 files, whoever made them. Loaded only when there is one to read.

import { createPrivateKey, type KeyObject } from 'node:crypto';
import forge from 'node-forge';

/** What a file holds: certificates in DER, in its order, and the first private key. */
export interface Pkcs12Content {
  readonly certificates: readonly Buffer[];
  readonly key: KeyObject | undefined;
}

/** Why a file cannot be read. */
export interface Unreadable {
  readonly reason: 'no PKCS#12' | 'wrong password';
}

const derOf = (value: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(value).getBytes(), 'latin1');

const { certBag, keyBag, pkcs8ShroudedKeyBag } = forge.pki.oids;

/** Certificates of other keys than RSA, and such keys, come as bare ASN.1. */
const certificateOf = ({ cert, asn1 }: forge.pkcs12.Bag): Buffer =>
  derOf(cert ? forge.pki.certificateToAsn1(cert) : asn1);

const keyOf = ({ key, asn1 }: forge.pkcs12.Bag): KeyObject =>
  createPrivateKey({
    key: derOf(key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : asn1),
    format: 'der',
    type: 'pkcs8',
  });

/** Reads a PKCS#12 file in DER or BER. */
export const readPkcs12 = (content: Buffer, password: string): Pkcs12Content | Unreadable => {
  let parsed: forge.asn1.Asn1;
  try {
    parsed = forge.asn1.fromDer(content.toString('latin1'));
  } catch {
    return { reason: 'no PKCS#12' };
  }
  try {
    const { safeContents } = forge.pkcs12.pkcs12FromAsn1(parsed, false, password);
    const bags = safeContents.flatMap(({ safeBags }) => safeBags);
    const [keyed] = bags.filter(({ type }) => type === keyBag || type === pkcs8ShroudedKeyBag);
    return {
      certificates: bags.filter(({ type }) => type === certBag).map(certificateOf),
      key: keyed && keyOf(keyed),
    };
  } catch (error) {
    return { reason: /password|MAC/i.test((error as Error).message) ? 'wrong password' : 'no PKCS#12' };
  }
};
