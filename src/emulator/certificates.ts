// The emulator's certificates: the test PKI from its folder, from the user's cache or made in memory, and the emulator's own.

import { X509Certificate } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { Issue } from '../control/certificates.ts';
import type { Clock } from '../kernel/clock.ts';
import { reasonOf } from '../kernel/file-error.ts';
import type { Log } from '../kernel/log-event.ts';
import { ConfigurationError, UserError } from '../kernel/user-error.ts';
import type { Issued } from '../pki/issued.ts';
import { PkiDamage } from '../pki/layout.ts';
import { type Alone, emptyPki, isNamed, openPki, type Pki } from '../pki/pki.ts';
import { type PkiSettings, placeOf } from '../pki/place.ts';
import { readPem } from '../security/trust/certificate.ts';
import type { Configuration } from '../settings/settings.ts';
import { lockCertificates } from '../store/lock.ts';
import { orDataDirectoryErrorLater } from '../store/refusals.ts';

/** Keeps other processes away from a folder of certificates. */
export const alone: Alone = async (folder, work) => {
  const release = await lockCertificates(folder);
  try {
    return await work();
  } finally {
    release();
  }
};

/** Opens the PKI of a folder: read where it is whole, made or completed where it is not. */
export const openFolder = (folder: string, now: Date): Promise<Pki> =>
  orDataDirectoryErrorLater(() => openPki(folder, now, alone), `the certificates in ${folder}`);

const DAY = 86_400_000;

/** Well before the end, in milliseconds: a test run that begins today must not see it. */
const MARGIN = 180 * DAY;

const isFresh = ({ server }: Pki, now: Date): boolean => {
  const { validFrom, validTo } = new X509Certificate(server.certificatePem);
  return Date.parse(validFrom) <= now.getTime() && Date.parse(validTo) > now.getTime() + MARGIN;
};

const SHARED = 0o022;

/** Whoever can write there would choose whom the emulator trusts. */
const checkOwner = (folder: string): void => {
  const { uid, mode } = lstatSync(folder);
  const own = process.getuid?.();
  if (own !== undefined && (uid !== own || (mode & SHARED) !== 0))
    throw new UserError(`${folder} can be written by others`);
};

/** The PKI of the cache; what is damaged there or ends soon is made again. */
const openCache = async (folder: string, now: Date): Promise<Pki> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  checkOwner(folder);
  const take = async (guard?: Alone): Promise<Pki | undefined> => {
    try {
      const pki = await openPki(folder, now, guard);
      return isFresh(pki, now) ? pki : undefined;
    } catch (error) {
      if (error instanceof PkiDamage) return undefined;
      throw error;
    }
  };
  const found = await take(alone);
  if (found) return found;
  return alone(folder, async () => {
    // Somebody else may have been quicker.
    const others = await take();
    if (others) return others;
    await emptyPki(folder);
    return openPki(folder, now);
  });
};

/**
 * Opens the certificates of an emulator.
 *
 * @throws UserError when a folder cannot be used; a cache that cannot be is told in the log, and the certificates made in memory
 */
export const openCertificates = async (settings: PkiSettings, clock: Clock, log: Log): Promise<Pki> => {
  const now = new Date(clock.real());
  const place = placeOf(settings);
  const fleeting = (reason: string): Promise<Pki> => {
    log.info({ message: `certificates are made for this run alone: ${reason}` });
    return openPki(undefined, now);
  };
  if (place.kind === 'folder') return openFolder(place.folder, now);
  if (place.kind === 'memory') return place.reason ? fleeting(place.reason) : openPki(undefined, now);
  try {
    return await openCache(place.folder, now);
  } catch (error) {
    return fleeting(reasonOf(error));
  }
};

/**
 * What issues certificates while the emulator runs: into a folder that is somebody's own, else for as long as it runs. What
 * makes them is loaded with the first one.
 */
export const issuingFor = (
  settings: PkiSettings,
  { pki, issued }: { readonly pki: Pki; readonly issued: Issued },
  clock: Clock,
): Issue => {
  const place = placeOf(settings);
  const issue: Issue = async (order) => {
    const { issueBeside, issueInto } = await import('./issuing.ts');
    const now = new Date(clock.real());
    if (place.kind === 'folder') await issueInto(place.folder, order, now);
    else await issueBeside(pki, issued, order, now);
  };
  let last: Promise<void> = Promise.resolve();
  return (order) => {
    last = last.catch(() => {}).then(() => issue(order));
    return last;
  };
};

/** What the emulator shows and signs with. */
export interface ServerMaterial {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** The emulator's identity as the user gives it; undefined: that of the PKI. */
export const serverMaterial = ({
  serverCert,
  serverKey,
  tlsName,
}: Pick<Configuration, 'serverCert' | 'serverKey' | 'tlsName'>): ServerMaterial | undefined => {
  if (serverCert === undefined && serverKey === undefined) return undefined;
  if (serverCert === undefined || serverKey === undefined) {
    throw new ConfigurationError((name) => `${name('serverCert')} and ${name('serverKey')} go together`);
  }
  const read = (setting: string, file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new ConfigurationError((name) => `${name(setting, file)}: ${reasonOf(error)}`);
    }
  };
  const material = {
    certificatePem: read('serverCert', serverCert),
    keyPem: read('serverKey', serverKey),
  };
  const [certificate] = readPem(material.certificatePem);
  if (!certificate) {
    throw new ConfigurationError(
      (name) => `${name('serverCert', serverCert)}: no certificate in the file that can be read`,
    );
  }
  const unnamed = tlsName.find((name) => !isNamed(certificate.x509, name));
  if (unnamed !== undefined)
    throw new ConfigurationError(
      (name) =>
        `${name('tlsName', unnamed)}: the certificate of ${name('serverCert')} has no such name, and only the emulator’s own can be given one`,
    );
  return material;
};

/**
 * What is shown over TLS: with the names of `--tls-name`. Messages are signed with the stored certificate of the same key,
 * which others may know by its number.
 */
export const tlsMaterial = async (
  own: ServerMaterial | undefined,
  pki: Pki,
  { tlsName }: Pick<Configuration, 'tlsName'>,
  clock: Clock,
): Promise<{ readonly cert: string; readonly key: string }> => {
  if (own) return { cert: own.certificatePem, key: own.keyPem };
  const cert = await pki.serverCertificateFor(tlsName, new Date(clock.real()));
  return { cert, key: pki.server.keyPem };
};
