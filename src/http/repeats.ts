// Strangers must flood neither terminal nor journal: what comes again within a second is counted, not told again.

import type { Problem } from '../kernel/problem.ts';
import type { About, Reports } from './reports.ts';

const WINDOW = 1000;
/** Causes and addresses that are told apart at one time; beyond them a kind of problem counts once for all. */
const MOST_APART = 20;

/** The same cause from the same address, since it was last told. */
interface Repeats {
  more: number;
  last: Parameters<Reports['problem']>;
}

const withCount = ([problem, about, answer]: Repeats['last'], more: number): Repeats['last'] => [
  {
    ...problem,
    explanation: {
      ...problem.explanation,
      found: `${problem.explanation.found}; ${more} more of them within a second`,
    },
  },
  about,
  answer,
];

/**
 * A report that is made once a second at most for one cause and one address. The first is told at once, those after it
 * when the second is over, as a number.
 *
 * @param after calls back when a second has passed
 */
export const countRepeats = (
  report: Reports['problem'],
  after: (end: () => void) => void = (end) => void setTimeout(end, WINDOW).unref(),
): Reports['problem'] => {
  const open = new Map<string, Repeats>();
  const keyOf = ({ problem, explanation }: Problem, { remote }: About): string => {
    const key = `${problem} ${explanation.found} ${remote}`;
    return open.has(key) || open.size < MOST_APART ? key : `${problem} from others`;
  };
  const wait = (key: string): void =>
    after(() => {
      const repeats = open.get(key);
      if (!repeats || repeats.more === 0) {
        open.delete(key);
        return;
      }
      report(...withCount(repeats.last, repeats.more));
      repeats.more = 0;
      wait(key);
    });
  return (...given) => {
    const [problem, about] = given;
    const key = keyOf(problem, about);
    const repeats = open.get(key);
    if (repeats) {
      repeats.more += 1;
      repeats.last = given;
      return {};
    }
    open.set(key, { more: 0, last: given });
    wait(key);
    return report(...given);
  };
};
