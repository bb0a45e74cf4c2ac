// Whether another process still answers. Looks of this process are counted and not time: of a machine that was asleep, or a
// process that was itself not let run, nothing is to be thought of another one.

/** How long it is between two looks, in milliseconds. */
export const BETWEEN_LOOKS = 1000;
/** Who was not heard between so many looks gets nothing to do, as long as others do. */
const DOUBTFUL = 5;
/** Who is not ready after so many looks is given up. */
export const TO_START = 60;

/** What a look finds. */
export type Finding = 'well' | 'silent' | 'late';

export interface Watching {
  /** Anything was heard. */
  heard(): void;
  isDoubtful(): boolean;
  /** @returns silent or late, where it is to be given up */
  look(ready: boolean): Finding;
}

/**
 * @param patience how many looks one that is ready may be silent
 * @param ping asks for a sign of life
 */
export const createWatching = (patience: number, ping: () => void): Watching => {
  let [looks, silent] = [0, 0];
  return {
    heard: () => {
      silent = 0;
    },
    isDoubtful: () => silent > DOUBTFUL,
    look: (ready) => {
      looks += 1;
      if (!ready) return looks > TO_START ? 'late' : 'well';
      silent += 1;
      if (silent > patience) return 'silent';
      // Between the last look and this one nothing was heard.
      if (silent > 1) ping();
      return 'well';
    },
  };
};
