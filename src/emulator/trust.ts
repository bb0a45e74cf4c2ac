// What the emulator trusts: its PKI and the user's files, read again when they change.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log-event.ts';
import type { Issued } from '../pki/issued.ts';
import { authorityPaths, TRUST } from '../pki/layout.ts';
import type { Pki } from '../pki/pki.ts';
import { followCertificates, type KnownCertificates } from '../security/trust/known-certificates.ts';
import { readListsElsewhere } from '../security/trust/lists-elsewhere.ts';
import { readKnown, readLists, readTrust, sizeOfLists, stampOf } from '../security/trust/material.ts';
import { followTrust } from '../security/trust/renewal.ts';
import { createTrustStore, type TrustStore } from '../security/trust/trust.ts';
import type { Configuration } from '../settings/settings.ts';

/** @throws UserError naming a file of certificates that cannot be used */
export const checkFiles = ({ trust, knownCertificates }: Configuration): void => {
  readTrust(trust);
  readKnown(knownCertificates);
};

/** The PKI, with what was issued since. */
interface Certificates {
  readonly pki: Pki;
  readonly issued: Issued;
}

/** The PKI's own part: from its files where it has any, since `kontakt cert new --revoked` changes them under way. */
const ownMaterial = (pki: Pki, issued: Issued) => {
  const { directory } = pki;
  const since = (): readonly Buffer[] => (issued.revocations ? [issued.revocations] : []);
  if (directory === undefined)
    return { files: [], read: () => ({ pem: pki.trustPem, lists: [...pki.crls, ...since()] }) };
  const lists = [authorityPaths('root').revocations, authorityPaths('issuing').revocations].map((path) =>
    join(directory, path),
  );
  const pem = join(directory, TRUST);
  return {
    files: [pem, ...lists],
    read: () => ({
      pem: readFileSync(pem, 'utf8'),
      lists: [...lists.map((file) => readFileSync(file)), ...since()],
    }),
  };
};

/** Files that cannot be used change nothing; whoever changed them must learn of it. */
const tell = (log: Log, what: string, error: unknown): void =>
  log.error({
    message: `${what} stay as they were: ${error instanceof Error ? error.message : String(error)}`,
  });

/** In bytes: lists up to this are read at once, some 800 entries in about 30 ms. */
const LITTLE = 32 * 1024;

/**
 * Makes the trust store of a running emulator. At the start everything is read at once; a long list that changes later is
 * read on another thread, while messages are judged by the one before.
 *
 * @throws UserError naming a file that cannot be used; later, such a file is told in the log and changes nothing
 */
export const openTrust = (
  { trust, crls }: Configuration,
  { pki, issued }: Certificates,
  clock: Clock,
  log: Log,
): TrustStore => {
  const own = ownMaterial(pki, issued);
  const make = (): TrustStore => {
    const { pem, lists } = own.read();
    const pems = [pem, ...readTrust(trust)];
    return createTrustStore(pems, [...lists, ...readLists(crls, pems)]);
  };
  const makeAgain = (): TrustStore | Promise<TrustStore> => {
    if (sizeOfLists(crls) <= LITTLE) return make();
    const { pem, lists } = own.read();
    const pems = [pem, ...readTrust(trust)];
    const reading = readListsElsewhere({ paths: crls, trusted: pems });
    if (!reading) return make();
    log.info({
      message: 'revocation lists have changed and are being read; until then those of before count',
    });
    return reading.then((read) => {
      const store = createTrustStore(pems, [...lists, ...read]);
      const entries = read.reduce((total, one) => total + one.entries, 0);
      log.info({
        message: `the changed revocation lists count from now on: ${entries} revoked certificates`,
      });
      return store;
    });
  };
  return followTrust(
    {
      make,
      makeAgain,
      stamp: () => `${issued.revision} ${stampOf([...own.files, ...trust], crls)}`,
    },
    clock.real,
    (error) => tell(log, 'trust anchors and revocation lists', error),
  );
};

/**
 * The certificates that a message may name without carrying them: those of the PKI's clients, with what `kontakt cert new`
 * adds, and those of the user's files.
 *
 * They are read when the first message needs them; a file that cannot be used then is told in the log and changes nothing.
 */
export const openKnownCertificates = (
  { knownCertificates }: Configuration,
  { pki: { directory, clients }, issued }: Certificates,
  { real }: Clock,
  log: Log,
): KnownCertificates => {
  const paths = [...(directory === undefined ? [] : [join(directory, 'clients')]), ...knownCertificates];
  const own =
    directory === undefined ? [...clients.values()].map(({ certificatePem }) => certificatePem) : [];
  let pems: readonly string[] = own;
  const load = (): readonly string[] => {
    try {
      pems = [...own, ...issued.certificates(), ...readKnown(paths)];
    } catch (error) {
      tell(log, 'known certificates', error);
    }
    return pems;
  };
  return followCertificates({ load, stamp: () => `${issued.revision} ${stampOf(paths, [])}`, real });
};
