// The options of verbs that write messages as a client does: how it signs, and where its certificates come from.

import { type Command, Option } from 'commander';
import type { MaterialOptions } from './material.ts';
import { pkiFor, urlFor } from './settings.ts';

/** Where certificates come from. */
export type MaterialFlags = Omit<MaterialOptions, 'folder' | 'named' | 'url'> & {
  readonly url?: string;
  readonly data?: string;
  readonly pki?: string;
};

/** How a client signs; what is left out is what every profile takes. */
export const onSigning = (command: Command): Command =>
  command
    .addOption(
      new Option('--key-reference <kind>', 'how the signature names its certificate').choices([
        'direct',
        'issuer-serial',
        'ski',
        'thumbprint',
      ]),
    )
    .addOption(new Option('--signature <method>', 'signature method').choices(['rsa-sha256', 'rsa-sha1']))
    .addOption(new Option('--digest <method>', 'digest method').choices(['sha256', 'sha1']))
    .addOption(
      new Option('--c14n <method>', 'canonicalization').choices([
        'exclusive',
        'exclusive-with-comments',
        'inclusive',
        'inclusive-with-comments',
      ]),
    );

export const onMaterial = (command: Command): Command =>
  command
    .option('--url <url>', 'address of the emulator, which hands out its certificates')
    .option('--pki <folder>', 'folder of certificates to take instead')
    .option('--data <folder>', 'data directory whose certificates to take instead')
    .option('--cert <file>', 'a certificate of your own, PEM, with --key')
    .option('--key <file>', 'its private key, PEM')
    .option('--p12 <file>', 'certificate and key of your own, PKCS#12')
    .option('--password <text>', 'of the PKCS#12 file or the key (changeit)');

export const materialOptions = ({ url, data, pki, ...identity }: MaterialFlags): MaterialOptions => ({
  ...identity,
  folder: () => pkiFor({ data, pki }),
  named: data !== undefined || pki !== undefined,
  url: urlFor({ url }),
});
