// Clocks and Timestamps: who is ahead, who is behind, and what was written of it.

import { isProblem } from '../../kernel/problem.ts';
import { wsu } from '../../xml/names.ts';
import { onlyText } from '../../xml/tree.ts';
import { named } from './elements.ts';
import { asTold, kindOf, type Rule, type Seen, type Sight, toldIf } from './rule.ts';

const HOUR = 3_600_000;
/** How far beside whole hours a clock may go that is otherwise right, in milliseconds. */
const SLACK = 120_000;
/** Hours between UTC and the local times of Europe, summer and winter. */
const ZONES = [1, 2, 3];

const createdIn = ({ anatomy }: Sight): number | undefined => {
  const timestamp = anatomy?.timestamp();
  return timestamp === undefined || isProblem(timestamp) ? undefined : timestamp.created;
};

const hoursAhead = (sight: Sight): number | undefined => {
  const created = createdIn(sight);
  return created === undefined
    ? undefined
    : ZONES.find((hours) => Math.abs(created - sight.now - hours * HOUR) < SLACK);
};

/** The sender's own time of sending, which HTTP tells, was the same as Created: then it is the clock, not the message's age. */
const senderWasBehind = (sight: Sight): boolean => {
  const created = createdIn(sight);
  const sent = Date.parse(sight.headers.date ?? '');
  return (
    sight.arrived && created !== undefined && Math.abs(sent - created) < SLACK && sent < sight.now - SLACK
  );
};

const texts = ({ document }: Sight): string[] =>
  ['Created', 'Expires'].flatMap((name) =>
    named(document, name, wsu).flatMap((element) => onlyText(element)?.trim() ?? []),
  );

/** An offset of nothing is UTC by another name. */
const OFFSET = /^\d{4}-\d{2}-\d{2}T[\d:.]{5,}[+-](?!00:00)\d{2}:\d{2}$/;
const BARE = /^\d{4}-\d{2}-\d{2}T[\d:.]{5,}$/;

/** Created or Expires is written in this form. */
const written =
  (form: RegExp): Rule['seen'] =>
  (sight): Seen | undefined => {
    const found = texts(sight).find((text) => form.test(text));
    return found === undefined ? undefined : { found };
  };

const UTC_STACKS = {
  PHP: "gmdate('Y-m-d\\TH:i:s\\Z'), not date()",
  zeep: "datetime.now(timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')",
  'node-soap': 'toISOString() of a Date, which is always UTC',
} as const;

export const timeRules: readonly Rule[] = [
  {
    cause: 'local-time-as-utc',
    sentence: 'the Timestamp is whole hours ahead of the time: probably a local time that is written as UTC',
    why: 'A local time is formatted with a Z behind it.',
    rule: 'BSP R3217: UTC, with a trailing Z',
    remedy: 'write the time in UTC: the Z says UTC, whatever the clock on the wall shows',
    stacks: UTC_STACKS,
    of: ['security.timestamp-future'],
    seen: (sight) => {
      const hours = hoursAhead(sight);
      return hours === undefined
        ? undefined
        : {
            certain: false,
            sentence: `the Timestamp is ${hours} ${hours === 1 ? 'hour' : 'hours'} ahead of the time: probably a local time that is written as UTC`,
          };
    },
  },
  {
    cause: 'clock-ahead',
    sentence: 'the sender’s clock is ahead of the receiver’s: the message was made in the future',
    why: 'The clock of the client’s machine runs ahead.',
    rule: 'WSS 1.1 §10; the clock skew of the profile',
    remedy: 'set the sender’s clock right (NTP)',
    of: ['security.timestamp-future'],
    seen: asTold,
  },
  {
    cause: 'clock-behind',
    sentence:
      'the sender’s clock is behind: when it sent the message, by its own account, the Timestamp was new',
    why: 'The clock of the client’s machine runs behind.',
    rule: 'WSS 1.1 §10; RFC 9110 §6.6.1: Date is when the message was originated',
    remedy: 'set the sender’s clock right (NTP)',
    of: ['security.timestamp-expired'],
    seen: (sight) => (senderWasBehind(sight) ? { found: `Date: ${sight.headers.date}` } : undefined),
  },
  {
    cause: 'expired',
    sentence:
      'the Timestamp is too old: the message was kept before it was sent, or the sender’s clock is behind',
    why: 'The message waited in a queue, was sent again, or the clock runs behind.',
    rule: 'WSS 1.1 §10; the lifetime of the profile',
    remedy:
      'sign each message just before it is sent, and set the sender’s clock right; a message of a file is judged at its time with --at',
    of: ['security.timestamp-expired'],
    seen: (sight) => ({ ...asTold(sight), certain: false }),
  },
  {
    cause: 'lifetime-too-long',
    sentence: 'from Created to Expires is longer than the profile takes',
    why: 'The time to live is set to hours, or to days.',
    rule: 'WSS 1.1 §10; the lifetime of the profile',
    remedy: 'set the lifetime of the client’s Timestamp to five minutes or less',
    stacks: {
      'CXF/WSS4J': 'timeToLive (in seconds)',
      WCF: 'LocalClientSettings.TimestampValidityDuration',
      SoapUI: 'Time To Live of the Timestamp entry (in seconds)',
    },
    of: ['security.timestamp-lifetime'],
    seen: asTold,
  },
  {
    cause: 'created-after-expires',
    sentence: 'the Timestamp expires before it was created, or at the same time',
    why: 'Created and Expires are swapped, or made by two clocks.',
    rule: 'BSP R3221, R3224; WSS 1.1 §10',
    remedy: 'let Expires be Created plus the lifetime, from one reading of one clock',
    of: ['security.timestamp-form'],
    seen: toldIf((sight) => kindOf(sight) === 'expires-before-created'),
  },
  {
    cause: 'offset-not-utc',
    sentence: 'the Timestamp is written with an offset from UTC, where only UTC with a Z is taken',
    why: 'A date library writes the local offset: +01:00 in place of Z.',
    rule: 'BSP R3217: UTC, with a trailing Z',
    remedy: 'write the instant in UTC with a trailing Z: 2026-01-15T11:00:00Z for 2026-01-15T12:00:00+01:00',
    stacks: UTC_STACKS,
    of: ['security.timestamp-form'],
    seen: written(OFFSET),
  },
  {
    cause: 'zone-missing',
    sentence: 'the Timestamp is written without a zone: nobody knows which instant it is',
    why: 'A date without a zone is formatted: nothing says which time it is.',
    rule: 'BSP R3217: UTC, with a trailing Z',
    remedy: 'write the instant in UTC with a trailing Z',
    stacks: UTC_STACKS,
    of: ['security.timestamp-form'],
    seen: written(BARE),
  },
  {
    cause: 'timestamp-unreadable',
    sentence:
      'the Timestamp is not in the form that it has to be: Created, then Expires, each as xs:dateTime',
    why: 'The date is formatted by a pattern of the locale.',
    rule: 'WSS 1.1 §10; BSP R3203, R3217, R3220',
    remedy: 'write Created, then Expires, each as 2026-01-15T11:00:00Z',
    of: ['security.timestamp-form'],
    seen: asTold,
  },
];
