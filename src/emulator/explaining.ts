// How exchanges of the journal are explained: by whom the emulator believes, and by the keys that it knows.

import { createPublicKey } from 'node:crypto';
import type { ServedService } from '../contract/contract.ts';
import type { Explain } from '../control/journal.ts';
import { explainExchange } from '../explain/exchange.ts';
import type { Pki } from '../pki/pki.ts';
import type { SignerCache } from '../security/signer.ts';
import { identityOf } from './contracts.ts';

/** Judges an exchange of the journal again. */
export const explaining =
  (services: readonly ServedService[], signers: SignerCache, pki: Pki): Explain =>
  (entry, unmasked) =>
    explainExchange(
      entry,
      {
        signers,
        known: () =>
          [...pki.clients].map(([owner, { certificatePem }]) => ({
            owner,
            key: createPublicKey(certificatePem),
          })),
        processed: (name) => services.find(({ service }) => service.name === name)?.service.headers ?? [],
        readHolder: identityOf,
      },
      unmasked,
    );
