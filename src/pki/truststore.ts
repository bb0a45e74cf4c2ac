// Trusted certificates as a truststore that Java takes as it is. Loaded only when one has to be made.

import { createHmac, randomBytes, X509Certificate } from 'node:crypto';
import forge from 'node-forge';

const { asn1, pki, pkcs12, util } = forge;
const { Class, Type } = asn1;

/** What Java asks of a certificate in a PKCS#12 file before it trusts it; its value: for every use (RFC 5280 §4.2.1.12). */
const TRUSTED_KEY_USAGE = '2.16.840.1.113894.746875.1.1';
const ANY_USE = '2.5.29.37.0';
const SHA1 = '1.3.14.3.2.26';

/** The password is public, so the count is low. */
const ITERATIONS = 1000;
const MAC_PURPOSE = 3;
const SHA1_LENGTH = 20;

const sequence = (...parts: forge.asn1.Asn1[]) => asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, parts);
const set = (...parts: forge.asn1.Asn1[]) => asn1.create(Class.UNIVERSAL, Type.SET, true, parts);
const explicit = (part: forge.asn1.Asn1) => asn1.create(Class.CONTEXT_SPECIFIC, 0, true, [part]);
const oid = (text: string) => asn1.create(Class.UNIVERSAL, Type.OID, false, asn1.oidToDer(text).getBytes());
const octets = (bytes: string) => asn1.create(Class.UNIVERSAL, Type.OCTETSTRING, false, bytes);
const integer = (value: number) =>
  asn1.create(Class.UNIVERSAL, Type.INTEGER, false, asn1.integerToDer(value).getBytes());
/** The library encodes the text itself. */
const bmp = (text: string) => asn1.create(Class.UNIVERSAL, Type.BMPSTRING, false, text);
const derOf = (value: forge.asn1.Asn1): string => asn1.toDer(value).getBytes();

const oids = pki.oids as Readonly<Record<'data' | 'certBag' | 'x509Certificate' | 'friendlyName', string>>;

/** RFC 7292 §4.2.3, with the two attributes by which Java tells an anchor from the rest of a chain, and by which it is listed. */
const bagOf = (certificate: X509Certificate, name: string): forge.asn1.Asn1 =>
  sequence(
    oid(oids.certBag),
    explicit(sequence(oid(oids.x509Certificate), explicit(octets(certificate.raw.toString('latin1'))))),
    set(
      sequence(oid(oids.friendlyName), set(bmp(name))),
      sequence(oid(TRUSTED_KEY_USAGE), set(oid(ANY_USE))),
    ),
  );

const data = (content: forge.asn1.Asn1): forge.asn1.Asn1 =>
  sequence(oid(oids.data), explicit(octets(derOf(content))));

const macOf = (content: string, password: string): forge.asn1.Asn1 => {
  const salt = randomBytes(8).toString('latin1');
  // The declared type asks for a character where the library takes the number.
  const purpose = MAC_PURPOSE as unknown as forge.Byte;
  const key = pkcs12.generateKey(password, util.createBuffer(salt), purpose, ITERATIONS, SHA1_LENGTH);
  const digest = createHmac('sha1', Buffer.from(key.getBytes(), 'latin1'))
    .update(content, 'latin1')
    .digest()
    .toString('latin1');
  const algorithm = sequence(oid(SHA1), asn1.create(Class.UNIVERSAL, Type.NULL, false, ''));
  return sequence(sequence(algorithm, octets(digest)), octets(salt), integer(ITERATIONS));
};

/**
 * Makes a truststore (PKCS#12, RFC 7292). The certificates are not encrypted: they are no secret.
 *
 * @param pem any number of certificates
 * @returns DER
 */
export const packTrust = (pem: string, password: string): Buffer => {
  const certificates = pem
    .split(/(?<=-----END CERTIFICATE-----\r?\n)/)
    .filter((block) => block.includes('BEGIN'))
    .map((block) => new X509Certificate(block));
  const bags = certificates.map((one, index) => bagOf(one, `kontakt-emulator-ca-${index + 1}`));
  const safe = sequence(data(sequence(...bags)));
  return Buffer.from(derOf(sequence(integer(3), data(safe), macOf(derOf(safe), password))), 'latin1');
};
