// The methods of the REST service, in the two versions that there are: what they are given and what they answer.

import * as z from 'zod';
import type { FaceCall } from '../../contract/contract.ts';
import { listOfAtMost } from '../../kernel/issue.ts';

/** How many persons a request names [D]. */
const MOST = 1000;

const number = z.string().regex(/^\d{11}$/, 'eleven digits');

export const body = z.strictObject({
  personidentifikatorer: listOfAtMost(MOST, number),
});

const instant = z.string().meta({ format: 'date-time' }).optional();

export const contact = z.strictObject({
  epostadresse: z.string().optional(),
  epostadresse_oppdatert: instant,
  epostadresse_sist_verifisert: instant,
  mobiltelefonnummer: z.string().optional(),
  mobiltelefonnummer_oppdatert: instant,
  mobiltelefonnummer_sist_verifisert: instant,
});

export const mailbox = z.strictObject({
  postkasseadresse: z.string(),
  postkasseleverandoeradresse: z.string().describe('The organisation number of the mailbox provider.'),
});

/** Members by their documented names. */
export const person = z.strictObject({
  personidentifikator: number,
  reservasjon: z.enum(['JA', 'NEI']).optional(),
  status: z.enum(['AKTIV', 'SLETTET', 'IKKE_REGISTRERT']),
  varslingsstatus: z
    .enum(['KAN_VARSLES', 'KAN_IKKE_VARSLES'])
    .describe(
      'KAN_VARSLES for somebody who is AKTIV, not reserved, and has contact information that was updated or verified within the last 18 months.',
    ),
  kontaktinformasjon: contact.optional(),
  digital_post: mailbox.optional(),
  sertifikat: z.string().describe('The certificate of the mailbox, DER in base64.').optional(),
  spraak: z.string().describe('Never told: the register has none.').optional(),
});

export type PersonJson = z.output<typeof person>;

const route = (version: 'v1' | 'v2') =>
  ({
    name: `personer-${version}`,
    method: 'POST',
    path: `/rest/${version}/personer`,
    scope: 'krr:global/kontaktinformasjon.read',
    summary: 'delivers what the register has on 1 to 1000 persons, in the order of the request',
    basis: 'documented',
  }) as const satisfies FaceCall;

export type PersonerRoute = ReturnType<typeof route>;

export const routes: readonly PersonerRoute[] = [route('v1'), route('v2')];
