// Citizens as JSON: the form of seed files and of the control interface, in both directions.

import * as z from 'zod';
import { checkCpr } from '../../identifiers/cpr.ts';
import { list } from '../../kernel/issue.ts';
import { type Citizen, comparable, isContactStatus, isContactType } from './citizen.ts';

const cpr = z.string().superRefine((text, context) => {
  const fault = checkCpr(text);
  if (fault) context.addIssue({ code: 'custom', message: `not a CPR number: ${fault}` });
});

const contact = z
  .strictObject({
    type: z.number().refine(isContactType, '1 mobile, 2 landline or 3 e-mail'),
    value: z.string(),
    status: z.number().refine(isContactStatus, '1 not verified, 2 verified or 3 invalid').default(1),
  })
  .refine(
    ({ type, value }) => comparable(type, value) !== undefined,
    'no valid number or address of its type',
  );

/** A citizen in JSON; `who` is for readers and is not stored. */
export const citizenJson = z
  .strictObject({
    id: cpr,
    who: z.string().optional(),
    cvCustomerIdentifier: z
      .string()
      .regex(/^[1-9]\d{0,17}$/)
      .nullable()
      .default(null),
    doed: z.boolean().default(false),
    tidligereId: cpr.nullable().default(null),
    kommune: z.string().nullable().default(null),
    jobcenter: z.string().nullable().default(null),
    akasse: z.string().nullable().default(null),
    kontaktdata: list(contact).default([]),
    huskeservice: list(z.string().min(1))
      .refine((names) => new Set(names).size === names.length, 'a subscription may occur once')
      .default([]),
  })
  .refine(({ id, tidligereId }) => id !== tidligereId, { message: 'tidligereId is the citizen’s own number' })
  .refine(({ kontaktdata }) => new Set(kontaktdata.map(({ type }) => type)).size === kontaktdata.length, {
    message: 'a type of contact data may occur once',
  });

export type CitizenJson = z.input<typeof citizenJson>;

export const citizenFromJson = (json: z.output<typeof citizenJson>): Citizen => ({
  id: json.id,
  dead: json.doed,
  ...(json.cvCustomerIdentifier === null ? {} : { cvCustomerIdentifier: json.cvCustomerIdentifier }),
  ...(json.tidligereId === null ? {} : { formerId: json.tidligereId }),
  ...(json.kommune === null ? {} : { municipality: json.kommune }),
  ...(json.jobcenter === null ? {} : { jobCentre: json.jobcenter }),
  ...(json.akasse === null ? {} : { unemploymentFund: json.akasse }),
  contactData: json.kontaktdata,
  attempts: [],
  subscriptions: json.huskeservice,
});

export const citizenToJson = (citizen: Citizen) => ({
  id: citizen.id,
  cvCustomerIdentifier: citizen.cvCustomerIdentifier ?? null,
  doed: citizen.dead,
  tidligereId: citizen.formerId ?? null,
  kommune: citizen.municipality ?? null,
  jobcenter: citizen.jobCentre ?? null,
  akasse: citizen.unemploymentFund ?? null,
  kontaktdata: citizen.contactData.map(({ type, value, status }) => ({ type, value, status })),
  huskeservice: citizen.subscriptions,
});
