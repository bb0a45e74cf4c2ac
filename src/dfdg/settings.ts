// The settings of the Danish services.

import * as z from 'zod';
import { seconds, setting } from '../kernel/setting.ts';

const rows = z.number().int().min(1).max(1_000_000).default(10_000);

const dfdg = z.strictObject({
  language: z.enum(['en', 'da']).default('en').describe('language of the texts of errors: en or da'),
  faultcode: z
    .enum(['number', 'client'])
    .default('number')
    .describe('faultcode: the bare number, or the standard Client'),
  returnCode: z.boolean().default(false).describe('whether GetVerificationCode answers the code too'),
  codeDigits: z.number().int().min(4).max(9).default(6).describe('digits of a verification code'),
  codeLifetime: seconds.default(900).describe('how long a verification code lives, in seconds'),
  codeAttempts: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(5)
    .describe('wrong codes that are heard out for a citizen and type within codeAttemptsWithin'),
  codeAttemptsWithin: seconds.default(900).describe('how long a wrong code counts, in seconds'),
  codeSends: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(5)
    .describe('codes that are sent for a citizen and type within codeSendsWithin'),
  codeSendsWithin: seconds.default(3600).describe('how long a sent code counts, in seconds'),
  accessLogRows: rows.describe('calls that the access log keeps'),
  accessLogDays: z
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(30)
    .describe('days that the access log keeps a call, by the register’s clock'),
  outboxRows: rows.describe('messages that the outbox keeps'),
  proxies: z
    .array(z.string())
    .default([])
    .describe('addresses of TLS terminators whose Client-Cert header (RFC 9440) is believed'),
  scopes: z
    .boolean()
    .default(false)
    .describe('whether REST asks for a bearer token that lists the method’s scope; it is not verified'),
  citizenUser: z
    .enum(['self', 'any'])
    .default('self')
    .describe('whom a user who is a citizen may call for: self, or any citizen of the organisation'),
});

/** The settings of `dfdg`, as they count. */
export type DanishSettings = z.output<typeof dfdg>;

export const danishSettings = {
  refusals: setting(z.enum(['fault', 'envelope']), {
    value: 'fault',
    help: 'how the Danish services refuse: a fault with FaultDetails (fault), or an answer with FEILET (envelope)',
    option: '<form>',
  }),
  dfdg: setting(dfdg, {
    value: {},
    help: `further settings of the Danish services: ${Object.keys(dfdg.shape).join(', ')}`,
  }),
};
