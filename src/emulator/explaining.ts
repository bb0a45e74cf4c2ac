// How exchanges of the journal are explained: by whom the emulator believes, by the keys that it knows, and by its registers.

import { createPublicKey } from 'node:crypto';
import type { Circumstances } from '../contract/contract.ts';
import type { Explain } from '../control/journal.ts';
import { explainExchange } from '../explain/exchange.ts';
import type { ExplainedCause } from '../explain/explained.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { Pki } from '../pki/pki.ts';
import type { SignerCache } from '../security/signer.ts';
import type { TrustStore } from '../security/trust/trust.ts';
import { addresseesOf, type Contracts, identityOf } from './contracts.ts';

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
      contracts,
      explainers,
    }: { readonly contracts: Contracts; readonly explainers: readonly Circumstances[] },
    {
      signers,
      trust,
      pki,
    }: { readonly signers: SignerCache; readonly trust: Pick<TrustStore, 'anchors'>; readonly pki: Pki },
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
        addressees: addresseesOf(contracts),
        readHolder: identityOf,
        circumstances: saidBy(explainers, journal.list),
        kept: (exchange) => journal.find(String(exchange)) !== undefined,
        authorities: () => trust.anchors.map(({ subject }) => subject),
      },
      unmasked,
    );
