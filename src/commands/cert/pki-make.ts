// kontakt pki make: a folder of certificates that a team keeps, in its test repository and its truststore.

import { resolve } from 'node:path';
import { findPki } from '../../client/material.ts';
import { openFolder } from '../../emulator/certificates.ts';
import { createClock } from '../../kernel/clock.ts';
import { TRUST, TRUST_STORE } from '../../pki/layout.ts';
import { print } from '../print.ts';

/** @throws ConfigurationError when the folder holds something else */
export const pkiMake = async (folder: string): Promise<void> => {
  const before = findPki(folder);
  const pki = await openFolder(folder, new Date(createClock().real()));
  const row = (label: string, text: string): string => `  ${label.padEnd(14)}${text}`;
  print([
    `${resolve(folder)} ${before ? 'had test certificates already' : 'holds new test certificates'}:`,
    row(
      'clients',
      `clients/<name>.pem, .key and .p12 (password changeit): ${[...pki.clients.keys()].join(', ')}`,
    ),
    row('trust', `${TRUST}, for Java ${TRUST_STORE} (password changeit)`),
    row('server', 'server.pem and server.key'),
    row('authorities', 'ca/, with the revocation lists'),
    '',
    '  Keep it where your tests are; nothing in it is secret outside tests. Leave pki.lock out of version control.',
    `  kontakt serve --pki ${folder}`,
  ]);
};
