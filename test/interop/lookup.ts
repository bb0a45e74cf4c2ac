// The lookup service on a stage: where it is, and whom its clients ask for.

import { services, type VersionName } from '../kontaktregister/oppslagstjeneste/calling.ts';
import type { Stage } from './stage.ts';
import { tampering } from './tampering.ts';

export const PLAIN = '12838410985';
export const WITH_MAILBOX = '18868703845';

export const addressOf = ({ emulator }: Stage, version: VersionName): string =>
  `${emulator.url}${services[version].paths[0]}`;

/** Answers of the lookup service, changed on the way. */
export const spoiled = {
  /** Another letter within the encrypted Body, behind its initialization vector. */
  cipher: (answer: string) =>
    answer.replace(
      /(<xenc:EncryptedData .*<xenc:CipherValue>.{60})(.)/s,
      (_, before, letter) => `${before}${letter === 'A' ? 'B' : 'A'}`,
    ),
  /** No Security header, and no key with it. */
  security: (answer: string) => answer.replace(/<wsse:Security.*<\/wsse:Security>/s, ''),
  /** A Body that anybody may have written. */
  plain: (answer: string) => answer.replace(/<xenc:EncryptedData.*<\/xenc:EncryptedData>/s, '<forged/>'),
} as const;

/** Lets a client speak to a version through somebody who changes the answers. */
export const spoiling = <T>(
  stage: Stage,
  version: VersionName,
  change: (answer: string) => string,
  work: (address: string) => Promise<T>,
): Promise<T> => tampering({ ...stage, service: addressOf(stage, version) }, change, work);
