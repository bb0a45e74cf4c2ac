// Any file that holds certificates: PEM, DER, bare base64 or PKCS#12, with a private key or without.

import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { reasonOf } from '../../kernel/file-error.ts';
import { UserError } from '../../kernel/user-error.ts';
import { type Certificate, readCertificate, readPem } from '../../security/trust/certificate.ts';

export interface CertificateFile {
  readonly format: 'PEM' | 'DER' | 'base64' | 'PKCS#12';
  /** The one in question: that of the private key, else the first. */
  readonly certificate: Certificate;
  /** The others, in the order of the file. */
  readonly others: readonly Certificate[];
  /** Whether a private key lies beside it, and whose. */
  readonly key: 'none' | 'of the certificate' | 'of another certificate' | 'unreadable';
}

interface Content {
  readonly format: CertificateFile['format'];
  readonly certificates: readonly (Certificate | undefined)[];
  readonly key: KeyObject | 'none' | 'unreadable';
}

const PEM_KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[\s\S]+?-----END (?:[A-Z]+ )*PRIVATE KEY-----/;

const pemKey = (text: string, password: string): Content['key'] => {
  const pem = PEM_KEY.exec(text)?.[0];
  if (!pem) return 'none';
  try {
    return createPrivateKey({ key: pem, passphrase: password });
  } catch {
    return 'unreadable';
  }
};

const readAny = async (file: string, bytes: Buffer, password: string): Promise<Content> => {
  const text = bytes.toString('latin1');
  const armoured = readPem(text);
  if (armoured.length > 0) return { format: 'PEM', certificates: armoured, key: pemKey(text, password) };
  const bare = text.replace(/\s+/g, '');
  const base64 = /^[A-Za-z0-9+/]+={0,2}$/.test(bare)
    ? readCertificate(Buffer.from(bare, 'base64'))
    : undefined;
  const single = readCertificate(bytes) ?? base64;
  if (single) return { format: base64 ? 'base64' : 'DER', certificates: [single], key: 'none' };
  // Both kinds of file begin with a SEQUENCE.
  if (bytes[0] === 0x30) {
    const { readPkcs12 } = await import('../../pki/pkcs12.ts');
    const packed = readPkcs12(bytes, password);
    if (!('reason' in packed)) {
      const certificates = packed.certificates.map(readCertificate);
      return { format: 'PKCS#12', certificates, key: packed.key ?? 'none' };
    }
    if (packed.reason === 'wrong password') {
      throw new UserError(
        `${file}: the password does not open this PKCS#12 file; name another with --password`,
      );
    }
  }
  throw new UserError(`${file}: no certificate in it (PEM, DER, base64 and PKCS#12 were tried)`);
};

/**
 * Reads a file.
 *
 * @param password of a PKCS#12 file or an encrypted key
 * @throws UserError when there is no certificate in it, or one that cannot be read
 */
export const readCertificateFile = async (file: string, password: string): Promise<CertificateFile> => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new UserError(`${file}: ${reasonOf(error)}`);
  }
  const { format, certificates, key } = await readAny(file, bytes, password);
  const readable = certificates.filter((one) => one !== undefined);
  if (readable.length < certificates.length) {
    throw new UserError(`${file}: a certificate in it cannot be read (damaged, or not in DER)`);
  }
  const isOwn = (one: Certificate): boolean => typeof key === 'object' && one.x509.checkPrivateKey(key);
  const certificate = readable.find(isOwn) ?? readable[0];
  if (!certificate) throw new UserError(`${file}: a PKCS#12 file without a certificate`);
  const whose = isOwn(certificate) ? 'of the certificate' : 'of another certificate';
  return {
    format,
    certificate,
    others: readable.filter((one) => one !== certificate),
    key: typeof key === 'object' ? whose : key,
  };
};
