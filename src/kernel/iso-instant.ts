// Instants as ISO 8601 has them, for where thousands are written at once: Date.prototype.toISOString takes most of that time.

const DAY = 86_400_000;
const digits = (width: number) =>
  Array.from({ length: 10 ** width }, (_, value) => String(value).padStart(width, '0'));
const TWO = digits(2);
const THREE = digits(3);

/** The beginnings of days, by their number since 1970: many instants are of few days. */
const beginnings = new Map<number, string>();
const MOST_DAYS = 10_000;

const beginningOf = (day: number): string => {
  const before = beginnings.get(day);
  if (before !== undefined) return before;
  const text = new Date(day * DAY).toISOString().slice(0, -'00:00:00.000Z'.length);
  if (beginnings.size >= MOST_DAYS) beginnings.clear();
  beginnings.set(day, text);
  return text;
};

/**
 * The same text as `new Date(instant).toISOString()`.
 *
 * @param instant milliseconds since 1970
 * @throws RangeError beyond the days of the calendar
 */
export const isoInstant = (instant: number): string => {
  const whole = Math.trunc(instant);
  const day = Math.floor(whole / DAY);
  const time = whole - day * DAY;
  const seconds = Math.floor(time / 1000);
  return `${beginningOf(day)}${TWO[Math.floor(seconds / 3600)]}:${TWO[Math.floor(seconds / 60) % 60]}:${TWO[seconds % 60]}.${THREE[time % 1000]}Z`;
};
