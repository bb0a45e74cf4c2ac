// How exchanges of the journal are explained: by whom the emulator believes, by the keys that it knows, and by its registers.

import { createPublicKey } from 'node:crypto';
import type { Circumstances } from '../contract/contract.ts';
import type { Explain, ExplainUnder } from '../control/journal.ts';
import { type ExchangeMaterial, explainExchange, explainUnder } from '../explain/exchange.ts';
import { type Explained, type ExplainedCause, explanation } from '../explain/explained.ts';
import { type Archive, isLost } from '../journal/archive.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { History } from '../journal/history.ts';
import type { Journal } from '../journal/journal.ts';
import type { Keeper } from '../journal/keeper.ts';
import { brief } from '../kernel/brief.ts';
import { packageVersion } from '../kernel/root.ts';
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

/** What judges an exchange of the journal again. */
export const materialFor = (
  { contracts, explainers }: { readonly contracts: Contracts; readonly explainers: readonly Circumstances[] },
  {
    signers,
    trust,
    pki,
  }: { readonly signers: SignerCache; readonly trust: Pick<TrustStore, 'authorities'>; readonly pki: Pki },
  journal: Pick<Journal, 'list'>,
  history: Pick<History, 'find'>,
  profiles: ExchangeMaterial['profiles'],
): ExchangeMaterial => ({
  signers,
  profiles,
  known: () =>
    [...pki.clients].map(([owner, { certificatePem }]) => ({
      owner,
      key: createPublicKey(certificatePem),
    })),
  addressees: addresseesOf(contracts),
  readHolder: identityOf,
  circumstances: saidBy(explainers, journal.list),
  kept: async (exchange) => {
    const found = await history.find(String(exchange));
    return found !== undefined && !isLost(found);
  },
  authorities: () => trust.authorities,
});

export const explaining =
  (material: ExchangeMaterial): Explain =>
  (entry, unmasked) =>
    explainExchange(entry, material, unmasked);

export const explainingUnder =
  (material: ExchangeMaterial): ExplainUnder =>
  async (entry, name, unmasked) => {
    const profile = material.profiles.get(name);
    if (!profile)
      return { none: `profile is ${[...material.profiles.keys()].join(', ')}, not ${brief(name)}` };
    const told = await explainUnder(entry, profile, material, unmasked);
    return told ?? { none: `no security profile judges exchange ${entry.number}` };
  };

/** An explanation that was kept; undefined where it has another form than those of now. */
const keptIn = (text: string): Explained | undefined => explanation.safeParse(JSON.parse(text)).data;

/** The same, searched once: what was found is kept beside the exchange, and told again by the version that found it. */
export const searchedOnce = (
  explain: Explain,
  kept: { readonly archive: Archive; readonly keeper: Keeper } | undefined,
): Explain => {
  if (!kept) return explain;
  const { archive, keeper } = kept;
  return async (entry, unmasked) => {
    const { id, problem } = entry;
    const variant = `explanation ${packageVersion}${unmasked ? ' unmasked' : ''}`;
    const before = await archive.noted({ id, variant });
    const told = before === undefined || isLost(before) ? undefined : keptIn(before);
    if (told) return told;
    const explained = await explain(entry, unmasked);
    // Where trust has changed since, what is found is of now and not of then.
    if (explained.problem === problem && problem?.startsWith('security.'))
      void keeper.settled().then(() => archive.note({ id, variant, text: JSON.stringify(explained) }));
    return explained;
  };
};
