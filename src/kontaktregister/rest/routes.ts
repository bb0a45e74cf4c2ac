// The methods of the REST service, in the two versions that there are: what they are given and what they answer.

import * as z from 'zod';
import type { FaceCall } from '../../contract/contract.ts';
import { list } from '../../kernel/issue.ts';

/** How many persons a request names [D]. */
const MOST = 1000;

const number = z.string().regex(/^\d{11}$/, 'eleven digits');

export const body = z.strictObject({
  personidentifikatorer: list(number).refine((all) => all.length >= 1 && all.length <= MOST, {
    message: `1 to ${MOST} numbers of persons`,
  }),
});

const instant = z.iso.datetime();

/** Members by their documented names; `spraak` is never there, since the register has none. */
const person = z.strictObject({
  personidentifikator: number,
  reservasjon: z.enum(['JA', 'NEI']).optional(),
  status: z.enum(['AKTIV', 'SLETTET', 'IKKE_REGISTRERT']),
  varslingsstatus: z.enum(['KAN_VARSLES', 'KAN_IKKE_VARSLES']),
  kontaktinformasjon: z
    .strictObject({
      epostadresse: z.string().optional(),
      epostadresse_oppdatert: instant.optional(),
      epostadresse_sist_verifisert: instant.optional(),
      mobiltelefonnummer: z.string().optional(),
      mobiltelefonnummer_oppdatert: instant.optional(),
      mobiltelefonnummer_sist_verifisert: instant.optional(),
    })
    .optional(),
  digital_post: z
    .strictObject({ postkasseadresse: z.string(), postkasseleverandoeradresse: z.string() })
    .optional(),
  sertifikat: z.string().optional(),
  spraak: z.string().optional(),
});

export type PersonJson = z.output<typeof person>;

export const response = z.strictObject({ personer: z.array(person) });

const route = (version: 'v1' | 'v2') =>
  ({
    name: `personer-${version}`,
    method: 'POST',
    path: `/rest/${version}/personer`,
    scope: 'krr:global/kontaktinformasjon.read',
    summary: 'delivers what the register has on 1 to 1000 persons, in the order of their numbers',
    basis: 'documented',
  }) as const satisfies FaceCall;

export type PersonerRoute = ReturnType<typeof route>;

export const routes: readonly PersonerRoute[] = [route('v1'), route('v2')];
