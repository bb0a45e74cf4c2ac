// The only place that asks what time it is. One clock, two hands: security and register.

export type Hand = 'security' | 'register';

/** What a hand shows: real time, real time moved by an offset, or a frozen instant (both in milliseconds). */
export type HandState =
  | { readonly kind: 'real' }
  | { readonly kind: 'offset'; readonly offset: number }
  | { readonly kind: 'frozen'; readonly at: number };

export interface Clock {
  /** What the machine’s clock shows, in milliseconds since 1970. */
  real(): number;
  /** Milliseconds since 1970 as the named hand shows them. */
  now(hand: Hand): number;
  state(hand: Hand): HandState;
  set(hand: Hand, state: HandState): void;
  /** Moves a hand forward by an ISO 8601 duration; a frozen hand stays frozen. */
  advance(hand: Hand, duration: Duration): void;
  /** Counts the changes of the hands, so that a cache can tell that its verdicts are stale. */
  readonly revision: number;
}

/** An ISO 8601 duration as calendar months and exact milliseconds (days count 24 hours). */
export interface Duration {
  readonly months: number;
  readonly milliseconds: number;
}

const DURATION =
  /^(-)?P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Reads `P18M`, `PT1H`, `-P1D` …; undefined when it is not an ISO 8601 duration. */
export const parseDuration = (text: string): Duration | undefined => {
  const match = DURATION.exec(text);
  if (!match) return undefined;
  const [, minus, ...parts] = match;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map(
    (part) => Number(part ?? 0),
  );
  const sign = minus ? -1 : 1;
  const exact = Math.round(((weeks * 7 + days) * 86_400 + hours * 3_600 + minutes * 60 + seconds) * 1000);
  return { months: sign * (years * 12 + months), milliseconds: sign * exact };
};

/** The duration that somebody probably meant: `1h` is `PT1H`; undefined: none is near. */
export const nearestDuration = (text: string): string | undefined => {
  const upper = text.trim().toUpperCase();
  const [, minus = '', count = '', unit = ''] = /^(-?)P?T?(\d+(?:\.\d+)?) ?([YWDHMS])/.exec(upper) ?? [];
  const candidates = [upper, `P${upper}`, `${minus}P${count}${unit}`, `${minus}PT${count}${unit}`];
  // Of a small m nobody knows whether it is a month; where time is written so, it is a minute.
  const ordered = /^\d+ ?m(?:in)?/.test(text) ? candidates.slice(3) : candidates;
  return ordered.find((candidate) => parseDuration(candidate) !== undefined);
};

const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Reads `2026-01-31T12:00:00Z`, or a day, which begins in UTC; undefined when it is no such instant of ISO 8601. */
export const parseInstant = (text: string): number | undefined => {
  const [, day] = INSTANT.exec(text) ?? [];
  const instant = Date.parse(text);
  // The 30th of February is no day, and Date.parse takes it for one of March. Every month has 28.
  const exists =
    day !== undefined &&
    (Number(day.slice(8)) <= 28 || new Date(Date.parse(day) || 0).toISOString().startsWith(day));
  return exists && !Number.isNaN(instant) ? instant : undefined;
};

const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** Whether an instant is one that people can write: in the years 1 to 9999. */
export const isInstant = (instant: number): boolean => instant >= EARLIEST && instant <= LATEST;

/** Adds a duration to an instant: months by the UTC calendar, clamped to the month's last day. NaN beyond the calendar. */
export const addDuration = (instant: number, duration: Duration): number => {
  const date = new Date(instant);
  if (duration.months !== 0) {
    const day = date.getUTCDate();
    date.setUTCDate(1);
    date.setUTCMonth(date.getUTCMonth() + duration.months);
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    date.setUTCDate(Math.min(day, last));
  }
  return date.getTime() + duration.milliseconds;
};

/** @param real milliseconds since 1970; replaced in tests. */
export const createClock = (real: () => number = Date.now): Clock => {
  const hands: Record<Hand, HandState> = { security: { kind: 'real' }, register: { kind: 'real' } };
  let revision = 0;
  const now = (hand: Hand): number => {
    const state = hands[hand];
    if (state.kind === 'frozen') return state.at;
    return state.kind === 'offset' ? real() + state.offset : real();
  };
  const set = (hand: Hand, state: HandState): void => {
    hands[hand] = state;
    revision += 1;
  };
  return {
    real,
    now,
    set,
    state: (hand) => hands[hand],
    advance: (hand, duration) => {
      const target = addDuration(now(hand), duration);
      const frozen = hands[hand].kind === 'frozen';
      set(hand, frozen ? { kind: 'frozen', at: target } : { kind: 'offset', offset: target - real() });
    },
    get revision() {
      return revision;
    },
  };
};
