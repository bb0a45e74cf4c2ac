// Instants of a run as those of another: an example shows which is earlier and by how much, and stays the same from day to day.

const ISO = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?/g;
const OF_HTTP = /[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [0-9:]{8} GMT/g;

/** What a page shows in place of the earliest. */
const FIRST = Date.parse('2026-11-26T22:10:27Z');
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** Instants nearer to one another are one: what lies between them is the speed of the machine. */
const NEAR = 5 * SECOND;

/** Minutes count where they can be told; longer times are years of certificates, which depend on the day. */
const shownGap = (gap: number): number =>
  gap < NEAR ? 0 : gap < 2 * DAY ? Math.max(1, Math.round(gap / MINUTE)) * MINUTE : 365 * DAY;

const timeOf = (text: string): number => Date.parse(text.endsWith('GMT') ? text : `${text}Z`);

/** A text with its instants moved. */
export const steadyInstants = (text: string): string => {
  const found = [...text.matchAll(ISO), ...text.matchAll(OF_HTTP)].map(([one]) => timeOf(one));
  const shown = new Map<number, number>();
  let last: { real: number; told: number } | undefined;
  for (const real of [...new Set(found)].sort((a, b) => a - b)) {
    const told: number = last ? last.told + shownGap(real - last.real) : FIRST;
    shown.set(real, told);
    // A run of near ones is measured from its first.
    if (!last || told !== last.told) last = { real, told };
  }
  const at = (one: string): Date => new Date(shown.get(timeOf(one)) ?? FIRST);
  return text
    .replaceAll(ISO, (one) => at(one).toISOString().slice(0, 19))
    .replaceAll(OF_HTTP, (one) => at(one).toUTCString());
};
