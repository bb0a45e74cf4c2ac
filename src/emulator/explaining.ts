// How exchanges of the journal are explained: by whom the emulator believes, by the keys that it knows, and by its registers.

import { createPublicKey } from 'node:crypto';
import type { Circumstances, ServedService } from '../contract/contract.ts';
import type { Explain } from '../control/journal.ts';
import { explainExchange } from '../explain/exchange.ts';
import type { ExplainedCause } from '../explain/explained.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { Pki } from '../pki/pki.ts';
import type { SignerCache } from '../security/signer.ts';
import { identityOf } from './contracts.ts';

/** What the contracts say of an exchange: the first that knows it. */
const saidBy =
  (explainers: readonly Circumstances[], earlier: () => readonly JournalEntry[]) =>
  async (entry: JournalEntry): Promise<readonly ExplainedCause[]> => {
    for (const explain of explainers) {
      const causes = await explain(entry, earlier);
      if (causes.length > 0) return causes;
    }
    return [];
  };

/** Judges an exchange of the journal again. */
export const explaining =
  (
    {
      services,
      explainers,
    }: { readonly services: readonly ServedService[]; readonly explainers: readonly Circumstances[] },
    signers: SignerCache,
    pki: Pki,
    journal: Pick<Journal, 'find' | 'list'>,
  ): Explain =>
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
        circumstances: saidBy(explainers, journal.list),
        kept: (exchange) => journal.find(String(exchange)) !== undefined,
      },
      unmasked,
    );
