// Persons as JSON: the form of seed files and of the control interface, in both directions.

import * as z from 'zod';
import { checkPersonidentifikator } from '../../identifiers/personidentifikator.ts';
import { addDuration, isInstant, parseDuration, parseInstant } from '../../kernel/clock.ts';
import { isoInstant } from '../../kernel/iso-instant.ts';
import { list } from '../../kernel/issue.ts';
import { faultOfBase64 } from '../../xml/base64.ts';
import { type Channel, deletionCauses, type Person } from './person.ts';

const readInstant = (text: string, now: number): number => {
  const duration = parseDuration(text);
  return duration ? addDuration(now, duration) : (parseInstant(text) ?? Number.NaN);
};

const MOST_KNOWN = 8192;

/** What is read again and again is read once. */
const remembered = (known: Map<string, number>, text: string, read: () => number): number => {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const instant = read();
  // A copy: a part of a text keeps the whole of it in memory, and here that is a piece of a file.
  known.set(Buffer.from(text).toString(), instant);
  return instant;
};

const instants = new Map<string, number>();
/** A duration begins with a letter or a sign. */
const isAbsolute = (text: string): boolean => /^\d/.test(text);

/** Reads moments; of a duration what it was from the last now is remembered. */
const createMoments = () => {
  let from = 0;
  const durations = new Map<string, number>();
  return (text: string, now: number): number => {
    if (isAbsolute(text)) return remembered(instants, text, () => readInstant(text, now));
    if (now !== from) durations.clear();
    from = now;
    return remembered(durations, text, () => readInstant(text, now));
  };
};
const checkedInstant = createMoments();
const instantOf = createMoments();

/** An instant, or a duration before the moment it is read: `-P2M`. */
const moment = z.string().refine((text) => isInstant(checkedInstant(text, 0)), {
  message: 'neither an ISO 8601 instant nor a duration before now, like -P2M',
});

/** XML 1.0 §2.2: what no message and no file could hold. */
const UNWRITABLE = /(?![\t\n\r\u007f-\u009f])\p{Cc}|[\p{Cs}\ufffe\uffff]/u;

const writable = (least: number, most: number) =>
  z
    .string()
    .min(least)
    .max(most)
    .refine((text) => !UNWRITABLE.test(text), { message: 'it has a character that XML cannot hold' });

const channel = (value: z.ZodType<string, string>) =>
  z.strictObject({ verdi: value, sistOppdatert: moment.optional(), sistVerifisert: moment.optional() });

const mailbox = z.strictObject({
  leverandoer: z.string().regex(/^\d{9}$/, 'an organisation number of nine digits'),
  adresse: writable(8, 100),
  aktiv: z.boolean(),
  sertifikat: z
    .string()
    .superRefine((text, context) => {
      const fault = faultOfBase64(text);
      if (fault) context.addIssue({ code: 'custom', message: `no base64: ${fault.found}; ${fault.remedy}` });
    })
    .optional(),
});

/** A person in JSON; `who` is for readers and is not stored. */
export const personJson = z
  .strictObject({
    id: z.string().superRefine((text, context) => {
      const fault = checkPersonidentifikator(text);
      if (fault) context.addIssue({ code: 'custom', message: `not a personidentifikator: ${fault}` });
    }),
    who: z.string().optional(),
    status: z.enum(['AKTIV', 'SLETTET']).default('AKTIV'),
    slettetAarsak: z.enum(deletionCauses).optional(),
    reservert: z.boolean().default(false),
    kontaktinformasjon: z
      .strictObject({
        mobiltelefonnummer: channel(
          z
            .string()
            .regex(/^\+?[- _0-9]+$/)
            .min(8)
            .max(20),
        ).optional(),
        epostadresse: channel(writable(3, 50)).optional(),
      })
      .default({}),
    postkasser: list(mailbox).default([]),
  })
  .refine(({ postkasser }) => postkasser.filter(({ aktiv }) => aktiv).length <= 1, {
    message: 'at most one mailbox may be active',
  })
  .refine(({ postkasser }) => new Set(postkasser.map((one) => one.leverandoer)).size === postkasser.length, {
    message: 'a provider may have only one mailbox row',
  });

export type PersonJson = z.input<typeof personJson>;

const readChannel = (
  json:
    | { verdi: string; sistOppdatert?: string | undefined; sistVerifisert?: string | undefined }
    | undefined,
  now: number,
): Channel | undefined =>
  json && {
    value: json.verdi,
    ...(json.sistOppdatert === undefined ? {} : { updated: instantOf(json.sistOppdatert, now) }),
    ...(json.sistVerifisert === undefined ? {} : { verified: instantOf(json.sistVerifisert, now) }),
  };

/** @param now what durations are counted from, in milliseconds since 1970 */
export const personFromJson = (json: z.output<typeof personJson>, now: number): Person => {
  const mobile = readChannel(json.kontaktinformasjon.mobiltelefonnummer, now);
  const email = readChannel(json.kontaktinformasjon.epostadresse, now);
  return {
    id: json.id,
    status: json.status,
    ...(json.slettetAarsak === undefined ? {} : { deletionCause: json.slettetAarsak }),
    reserved: json.reservert,
    ...(mobile ? { mobile } : {}),
    ...(email ? { email } : {}),
    mailboxes: json.postkasser.map(({ leverandoer, adresse, aktiv, sertifikat }) => ({
      provider: leverandoer,
      address: adresse,
      active: aktiv,
      ...(sertifikat === undefined ? {} : { certificate: Buffer.from(sertifikat, 'base64') }),
    })),
  };
};

const writeChannel = ({ value, updated, verified }: Channel) => ({
  verdi: value,
  ...(updated === undefined ? {} : { sistOppdatert: isoInstant(updated) }),
  ...(verified === undefined ? {} : { sistVerifisert: isoInstant(verified) }),
});

export const personToJson = (person: Person) => ({
  id: person.id,
  status: person.status,
  ...(person.deletionCause === undefined ? {} : { slettetAarsak: person.deletionCause }),
  reservert: person.reserved,
  kontaktinformasjon: {
    ...(person.mobile ? { mobiltelefonnummer: writeChannel(person.mobile) } : {}),
    ...(person.email ? { epostadresse: writeChannel(person.email) } : {}),
  },
  postkasser: person.mailboxes.map(({ provider, address, active, certificate }) => ({
    leverandoer: provider,
    adresse: address,
    aktiv: active,
    ...(certificate ? { sertifikat: certificate.toString('base64') } : {}),
  })),
});
