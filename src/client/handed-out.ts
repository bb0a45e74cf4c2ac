// What a call needs, from the running emulator: its control interface hands out the clients of its PKI.

import { UserError } from '../kernel/user-error.ts';
import { type MaterialSource, noClient } from './material.ts';
import { askBytes, askEmulator } from './remote.ts';

interface Listed {
  readonly certificates?: readonly { readonly name: string }[];
}

const PATH = '/certificates';

/** The names of the clients, or why they are not told. */
const clientsAt = async (url: string): Promise<readonly string[]> => {
  const { certificates } = ((await askEmulator(url, 'GET', PATH)) ?? {}) as Listed;
  if (!Array.isArray(certificates)) throw new UserError(`what answers at ${url} hands out no certificates`);
  return certificates.map(({ name }) => name);
};

/**
 * The running emulator as a source.
 *
 * @returns undefined with a reason where it cannot be asked
 */
export const fromEmulator = async (url: string): Promise<MaterialSource | { readonly reason: string }> => {
  let names: readonly string[];
  try {
    names = await clientsAt(url);
  } catch (error) {
    if (error instanceof UserError) return { reason: error.message };
    throw error;
  }
  const text = async (file: string): Promise<string> =>
    (await askBytes(url, `${PATH}/${file}`)).toString('utf8');
  return {
    client: async (name) => {
      if (!names.includes(name)) throw noClient(name, names);
      const [certificatePem, keyPem] = await Promise.all([text(`${name}.pem`), text(`${name}.key`)]);
      return { name, certificatePem, keyPem };
    },
    trust: async () => {
      const lists = ['root.crl', 'issuing.crl'].map((file) => askBytes(url, `${PATH}/${file}`));
      const [trustPem, serverPem] = await Promise.all([text('trust.pem'), text('server.pem')]);
      return { trustPem, serverPem, crls: await Promise.all(lists) };
    },
  };
};
