// Attacks on time: Timestamps that are early, late, long, missing, doubled or not in UTC.

import { attack, family } from './family.ts';
import { timestampOf } from './message.ts';

const stamp = (name: string, problem: string, told: string, make: (now: number) => string) =>
  attack(name, `security.${problem}`, told, (arena) => arena.message({ timestamp: make(arena.now()) }));
const malformed = (name: string, make: (now: number) => string) =>
  stamp(name, 'timestamp-form', 'InvalidSecurity', make);

const iso = (instant: number): string => new Date(instant).toISOString();
const zoned = (instant: number, zone: string): string => iso(instant).replace('Z', zone);

family('time', [
  stamp('a Timestamp of the future', 'timestamp-future', 'InvalidSecurity', (now) =>
    timestampOf(now + 320_000, now + 380_000),
  ),
  stamp('an expired Timestamp', 'timestamp-expired', 'MessageExpired', (now) =>
    timestampOf(now - 400_000, now - 301_000),
  ),
  stamp('an old Timestamp without Expires', 'timestamp-expired', 'MessageExpired', (now) =>
    timestampOf(now - 2_101_000),
  ),
  stamp('a lifetime one second over the limit', 'timestamp-lifetime', 'InvalidSecurity', (now) =>
    timestampOf(now, now + 1_801_000),
  ),
  stamp('a lifetime of a hundred years', 'timestamp-lifetime', 'InvalidSecurity', (now) =>
    timestampOf(now - 1000, '2126-01-01T00:00:00Z'),
  ),
  malformed('Expires before Created', (now) => timestampOf(now, now - 1000)),
  malformed('Expires equal to Created', (now) => timestampOf(now, now)),
  malformed('local time', (now) => timestampOf(zoned(now, ''), zoned(now + 60_000, ''))),
  malformed('an offset of +00:00', (now) => timestampOf(zoned(now, '+00:00'), now + 60_000)),
  malformed('an offset of -00:00', (now) => timestampOf(now, zoned(now + 60_000, '-00:00'))),
  malformed('an offset of +01:00', (now) => timestampOf(zoned(now + 3_600_000, '+01:00'))),
  malformed('a lower-case z', (now) => timestampOf(zoned(now, 'z'), now + 60_000)),
  malformed('a leap second', () => timestampOf('2026-12-31T23:59:60Z')),
  malformed('31 February', () => timestampOf('2026-02-31T00:00:00Z')),
  malformed('24 o’clock', () => timestampOf('2026-02-20T24:00:00Z')),
  malformed('a month 13', () => timestampOf('2026-13-01T00:00:00Z')),
  malformed('a year of five digits', () => timestampOf('12026-01-01T00:00:00Z')),
  malformed('a date without a time', () => timestampOf('2026-01-01')),
  malformed('a number', () => timestampOf('1767225600')),
  malformed('an empty Created', () => timestampOf('')),
  malformed('an empty Expires', (now) => timestampOf(now, '')),
  malformed('digits of another script', () => timestampOf('٢٠٢٦-٠١-٠١T٠٠:٠٠:٠٠Z')),
  malformed('a Timestamp without Created', () => '<wsu:Timestamp wsu:Id="TS"/>'),
  malformed(
    'Expires before Created in order',
    (now) =>
      `<wsu:Timestamp wsu:Id="TS"><wsu:Expires>${iso(now + 60_000)}</wsu:Expires><wsu:Created>${iso(now)}</wsu:Created></wsu:Timestamp>`,
  ),
  malformed('two Created', (now) => timestampOf(now, now + 60_000, `<wsu:Created>${iso(now)}</wsu:Created>`)),
  malformed('two Expires', (now) =>
    timestampOf(now, now + 60_000, `<wsu:Expires>${iso(now + 99_000)}</wsu:Expires>`),
  ),
  malformed('an unknown element in the Timestamp', (now) =>
    timestampOf(now, now + 60_000, '<wsu:Comment>x</wsu:Comment>'),
  ),
  malformed('text in the Timestamp', (now) => timestampOf(now, now + 60_000, 'text')),
  malformed('an element inside Created', (now) => timestampOf(`<x>${iso(now)}</x>`, now + 60_000)),
  malformed('Created in another namespace', (now) =>
    timestampOf(now).replaceAll('wsu:Created', 'wsse:Created'),
  ),
  attack('no Timestamp', 'security.timestamp-missing', 'InvalidSecurity', (arena) =>
    arena.message({ order: ['token', 'signature'], references: arena.recipe().references.slice(1) }),
  ),
  attack('two Timestamps', 'security.header-content', 'InvalidSecurity', (arena) => {
    const second = timestampOf(arena.now(), arena.now() + 60_000).replace('"TS"', '"TS2"');
    return arena.message({ order: ['token', 'timestamp', second, 'signature'] });
  }),
  attack('a Timestamp outside Security', 'security.timestamp-missing', 'InvalidSecurity', (arena) => {
    const recipe = arena.recipe();
    return arena.message({ order: ['token', 'signature'], before: recipe.timestamp });
  }),
]);
