// A trust store that follows its files: made again when one of them has changed, so that no restart is needed.

import type { TrustStore } from './trust.ts';

/** How long a remembered verdict may stand before the files are looked at again, in milliseconds. */
const PATIENCE = 1000;

/** What the store is made of. */
export interface TrustSource {
  /** @throws Error when a file cannot be used */
  make(): TrustStore;
  /** A text that is another one when a file has changed. */
  stamp(): string;
}

/**
 * Judging looks at the files each time, since whoever is judged may be newer than the last look; asking for the revision
 * does so once a second. Files that cannot be used leave the store as it was.
 *
 * @param real what the machine’s clock shows, in milliseconds since 1970
 * @param onFailure told once of each state of the files that cannot be used
 */
export const followTrust = (
  { make, stamp }: TrustSource,
  real: () => number,
  onFailure: (error: unknown) => void,
): TrustStore => {
  // The stamp first: a change between the two is then seen at the next look.
  let seen = stamp();
  let store = make();
  let revision = 0;
  let looked = real();

  const look = (): void => {
    looked = real();
    const now = stamp();
    if (now === seen) return;
    seen = now;
    try {
      store = make();
      revision += 1;
    } catch (error) {
      onFailure(error);
    }
  };
  return {
    get anchors() {
      return store.anchors;
    },
    lists: (leaf) => {
      look();
      return store.lists(leaf);
    },
    get revision() {
      if (Math.abs(real() - looked) > PATIENCE) look();
      return revision;
    },
    judge: (leaf, now, minimumKeyBits) => {
      look();
      return store.judge(leaf, now, minimumKeyBits);
    },
  };
};
