// A trust store that follows its files: made again when one of them has changed, so that no restart is needed.

import type { TrustStore } from './trust.ts';

/** How long a remembered verdict may stand before the files are looked at again, in milliseconds. */
const PATIENCE = 1000;

/** What the store is made of. */
export interface TrustSource {
  /** @throws Error when a file cannot be used */
  make(): TrustStore;
  /** The same after a change, where it takes long: later, so that the store of before judges meanwhile; by default `make`. */
  makeAgain?(): TrustStore | Promise<TrustStore>;
  /** A text that is another one when a file has changed. */
  stamp(): string;
}

/**
 * Judging looks at the files each time, since whoever is judged may be newer than the last look; asking for the revision
 * does so once a second. Files that cannot be used leave the store as it was; so do those that are not read yet.
 *
 * @param real what the machine’s clock shows, in milliseconds since 1970
 * @param onFailure told once of each state of the files that cannot be used
 */
export const followTrust = (
  { make, makeAgain = make, stamp }: TrustSource,
  real: () => number,
  onFailure: (error: unknown) => void,
): TrustStore => {
  // The stamp first: a change between the two is then seen at the next look.
  let seen = stamp();
  let store = make();
  let looked = real();
  let underWay = false;

  const takeLater = (making: Promise<TrustStore>): void => {
    underWay = true;
    making
      .then((made) => {
        store = made;
      })
      .catch(onFailure)
      .finally(() => {
        underWay = false;
      });
  };
  const look = (): void => {
    looked = real();
    // What changes while the last change is being read is seen at the first look after that.
    if (underWay) return;
    const now = stamp();
    if (now === seen) return;
    seen = now;
    try {
      const made = makeAgain();
      if (made instanceof Promise) takeLater(made);
      else store = made;
    } catch (error) {
      onFailure(error);
    }
  };
  return {
    get anchors() {
      return store.anchors;
    },
    get authorities() {
      return store.authorities;
    },
    lists: (leaf) => {
      look();
      return store.lists(leaf);
    },
    get revision() {
      if (Math.abs(real() - looked) > PATIENCE) look();
      return store.revision;
    },
    chain: (leaf) => {
      look();
      return store.chain(leaf);
    },
    judge: (leaf, now, minimumKeyBits) => {
      look();
      return store.judge(leaf, now, minimumKeyBits);
    },
  };
};
