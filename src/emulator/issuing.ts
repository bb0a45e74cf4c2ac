// A certificate to order: into a folder of certificates, as `kontakt cert new` does, or for as long as an emulator runs.

import { loadPki } from '../client/material.ts';
import { clientsOf } from '../pki/handed-out.ts';
import { type IssuedClient, issueClient, makeClient } from '../pki/issue.ts';
import { ClientExists, type Issued } from '../pki/issued.ts';
import type { Leaf } from '../pki/leaves.ts';
import { type OrderOptions, readOrder } from '../pki/order.ts';
import type { Pki } from '../pki/pki.ts';
import { orDataDirectoryErrorLater } from '../store/refusals.ts';
import { alone } from './certificates.ts';

/** A certificate that is wanted. */
export interface Order {
  /** The name of the client, and of its files. */
  readonly client: string;
  readonly options: OrderOptions;
  /** Whether it may take the place of another client of this name. */
  readonly force: boolean;
}

/**
 * Issues a certificate with its key into `clients` of a folder of certificates.
 *
 * @throws ConfigurationError for an order that cannot be; UserError when the folder has no PKI, or the name is taken
 */
export const issueInto = async (
  folder: string,
  { client, options, force }: Order,
  now: Date,
): Promise<IssuedClient & { readonly leaf: Leaf }> => {
  const leaf = readOrder(client, options, now);
  // Before the lock, which would make a file in any folder that is named by mistake.
  loadPki(folder);
  const issued = await orDataDirectoryErrorLater(
    () => alone(folder, () => issueClient(folder, leaf, force, now)),
    `the certificates in ${folder}`,
  );
  return { ...issued, leaf };
};

/**
 * Issues a certificate with its key for as long as the emulator runs, and nowhere on disk. One at a time: each list of revoked
 * certificates goes on from the one before.
 *
 * @throws as `issueInto`
 */
export const issueBeside = async (
  pki: Pki,
  issued: Issued,
  { client, options, force }: Order,
  now: Date,
): Promise<void> => {
  const leaf = readOrder(client, options, now);
  if (!force && clientsOf(pki, issued).some(({ name }) => name === client))
    throw new ClientExists(`the client ${client}`);
  const signer = pki.issuer();
  const { files } = await makeClient(
    leaf,
    { ...signer, revocations: issued.revocations ?? signer.revocations },
    now,
  );
  issued.add(client, files);
};
