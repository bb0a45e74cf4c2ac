// Persons as JSON: the form of seed files and of the control interface, in both directions.

import * as z from 'zod';
import { checkPersonidentifikator } from '../../identifiers/personidentifikator.ts';
import { addDuration, isInstant, parseDuration, parseInstant } from '../../kernel/clock.ts';
import { list } from '../../kernel/issue.ts';
import { faultOfBase64 } from '../../xml/base64.ts';
import { type Channel, deletionCauses, type Person } from './person.ts';

const readInstant = (text: string, now: number): number => {
  const duration = parseDuration(text);
  return duration ? addDuration(now, duration) : (parseInstant(text) ?? Number.NaN);
};

const KNOWN_INSTANTS = 100;

/** Reads moments; seeds say the same few durations over and over. */
const createMoments = () => {
  let from = 0;
  const known = new Map<string, number>();
  return (text: string, now: number): number => {
    if (now !== from) known.clear();
    from = now;
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= KNOWN_INSTANTS) known.clear();
    const instant = readInstant(text, now);
    known.set(text, instant);
    return instant;
  };
};
const checkedInstant = createMoments();
const instantOf = createMoments();

/** An instant, or a duration before the moment it is read: `-P2M`. */
const moment = z.string().refine((text) => isInstant(checkedInstant(text, 0)), {
  message: 'neither an ISO 8601 instant nor a duration before now, like -P2M',
});

const channel = (value: z.ZodType<string, string>) =>
  z.strictObject({ verdi: value, sistOppdatert: moment.optional(), sistVerifisert: moment.optional() });

const mailbox = z.strictObject({
  leverandoer: z.string().regex(/^\d{9}$/, 'an organisation number of nine digits'),
  adresse: z.string().min(8).max(100),
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
        epostadresse: channel(z.string().min(3).max(50)).optional(),
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
  ...(updated === undefined ? {} : { sistOppdatert: new Date(updated).toISOString() }),
  ...(verified === undefined ? {} : { sistVerifisert: new Date(verified).toISOString() }),
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
