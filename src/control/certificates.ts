// The certificates of the emulator's own clients, for whoever calls it.

import type { Identity, Pki } from '../pki/pki.ts';
import { ControlError } from './problem.ts';

export interface CertificateControl {
  /** All CA certificates, PEM. */
  readonly trustPem: string;
  /** In the order of the roster. */
  names(): string[];
  /** @throws ControlError when there is no such client; it names those that there are */
  get(name: string): Identity;
}

export const controlCertificates = ({ trustPem, clients }: Pki): CertificateControl => ({
  trustPem,
  names: () => [...clients.keys()],
  get: (name) => {
    const identity = clients.get(name);
    if (identity) return identity;
    throw new ControlError(404, `there is no client "${name}"; there are ${[...clients.keys()].join(', ')}`);
  },
});
