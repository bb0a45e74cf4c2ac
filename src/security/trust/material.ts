// Trust anchors and revocation lists from the user's own files and folders, beside those of the emulator's PKI.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from '../../kernel/file-error.ts';
import { UserError } from '../../kernel/user-error.ts';
import { type Certificate, readPem } from './certificate.ts';
import { faultOfList, type RevocationList, readRevocationList } from './revocation-list.ts';

/** A file of certificates or lists that cannot be used. */
class MaterialError extends UserError {}

/** A setting that names such files. */
interface Kind {
  readonly setting: string;
  readonly endings: RegExp;
  readonly expected: string;
}

const TRUST: Kind = { setting: 'trust', endings: /\.(?:pem|crt|cer)$/i, expected: '.pem, .crt or .cer' };
const KNOWN: Kind = { ...TRUST, setting: 'knownCertificates' };
const CRL: Kind = { setting: 'crls', endings: /\.(?:crl|pem|der)$/i, expected: '.crl, .pem or .der' };

const failed = ({ setting }: Kind, path: string, complaint: string): MaterialError =>
  new MaterialError((name) => `${name(setting, path)}: ${complaint}`);

/** The files that a path stands for: itself, or those of its folder that have a fitting ending. */
const filesOf = (kind: Kind, path: string): string[] => {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path)
      .filter((name) => kind.endings.test(name))
      .sort()
      .map((name) => join(path, name));
  } catch (error) {
    throw failed(kind, path, reasonOf(error));
  }
};

const read = (kind: Kind, path: string): { file: string; content: Buffer }[] => {
  const files = filesOf(kind, path);
  if (files.length === 0) throw failed(kind, path, `no ${kind.expected} file in the folder`);
  return files.map((file) => {
    try {
      return { file, content: readFileSync(file) };
    } catch (error) {
      throw failed(kind, file, reasonOf(error));
    }
  });
};

const readPems = (kind: Kind, paths: readonly string[]): string[] =>
  paths
    .flatMap((path) => read(kind, path))
    .map(({ file, content }) => {
      const pem = content.toString('utf8');
      const certificates = readPem(pem);
      if (certificates.length === 0) throw failed(kind, file, 'no PEM certificate in it');
      if (certificates.includes(undefined)) throw failed(kind, file, 'a certificate in it cannot be read');
      return pem;
    });

/**
 * Reads PEM files, and of folders all that end in .pem, .crt or .cer.
 *
 * @throws UserError naming the file
 */
export const readTrust = (paths: readonly string[]): string[] => readPems(TRUST, paths);

/**
 * Reads the certificates of callers in the same way.
 *
 * @throws UserError naming the file
 */
export const readKnown = (paths: readonly string[]): string[] => readPems(KNOWN, paths);

const PEM_LIST = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----/g;

const listsIn = (content: Buffer): Buffer[] => {
  const armoured = [...content.toString('latin1').matchAll(PEM_LIST)];
  if (armoured.length === 0) return [content];
  return armoured.map(([, body = '']) => Buffer.from(body.replace(/\s+/g, ''), 'base64'));
};

/** A folder of lists may hold the certificates that go with them too. */
const isOtherPem = (content: Buffer): boolean =>
  content.includes('-----BEGIN ') && !content.includes('-----BEGIN X509 CRL-----');

/**
 * Reads revocation lists in PEM or DER, and of folders all files that end in .crl, .pem or .der.
 *
 * @param trusted the CA certificates, PEM: one of them must have signed each list
 * @throws UserError naming the file and why its list cannot be used by anybody
 */
export const readLists = (paths: readonly string[], trusted: readonly string[]): RevocationList[] => {
  if (paths.length === 0) return [];
  const authorities = trusted.flatMap((pem) => readPem(pem)).filter((one): one is Certificate => !!one);
  return paths
    .flatMap((path) => read(CRL, path).filter((one) => one.file === path || !isOtherPem(one.content)))
    .flatMap(({ file, content }) =>
      listsIn(content).map((der) => {
        const list = readRevocationList(der);
        const fault = 'unfit' in list ? list.unfit : faultOfList(list, authorities);
        if ('unfit' in list || fault) throw failed(CRL, file, fault ?? '');
        return list;
      }),
    );
};

/** How much there is to read, in bytes; files that cannot be read are no work. */
export const sizeOfLists = (paths: readonly string[]): number => {
  try {
    return paths
      .flatMap((path) => filesOf(CRL, path))
      .reduce((total, file) => total + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
  } catch {
    return 0;
  }
};

/** A text that is another one when one of the files has changed, has come or has gone. */
export const stampOf = (trust: readonly string[], crls: readonly string[]): string => {
  const state = (file: string): string => {
    const found = statSync(file, { throwIfNoEntry: false });
    return found ? `${file} ${found.ino} ${found.size} ${found.mtimeMs}` : `${file} gone`;
  };
  const files = (kind: Kind, path: string): string[] => {
    try {
      return filesOf(kind, path);
    } catch {
      return [path];
    }
  };
  return [...trust.flatMap((path) => files(TRUST, path)), ...crls.flatMap((path) => files(CRL, path))]
    .map(state)
    .join('\n');
};
