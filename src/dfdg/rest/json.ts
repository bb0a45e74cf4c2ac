// The JSON of the REST face: what each body must be, and what an answer is.

import * as z from 'zod';
import { listOfAtMost } from '../../kernel/issue.ts';
import { type ContactRow, MOST_ROWS } from '../operations/save.ts';

const reference = { serviceRequestLogReferenceIdentifier: z.guid() };
const type = z.int().describe('1 mobiltelefon, 2 fastnet telefon, 3 mailadresse (assumed numbers)');
const status = z.int().describe('1 ikke verificeret, 2 verificeret, 3 ugyldig (assumed numbers)');

const row = z.strictObject({
  kontaktdata: z
    .string()
    .nullish()
    .describe('null, empty or left out removes what is registered of this type'),
  kontaktdataType: type,
});
const rows = listOfAtMost(MOST_ROWS, row);
export const saveBody = z.union([
  z.strictObject({ kontaktinformationer: z.union([z.strictObject({ kontaktinformation: rows }), rows]) }),
  rows,
]);

export const toRows = (body: z.output<typeof saveBody>): ContactRow[] => {
  const outer = Array.isArray(body) ? body : body.kontaktinformationer;
  const list = Array.isArray(outer) ? outer : outer.kontaktinformation;
  return list.map(({ kontaktdata, kontaktdataType }) => ({
    type: kontaktdataType,
    value: kontaktdata || undefined,
  }));
};

export const verifyBody = z.strictObject({ verifikationskode: z.string(), kontaktdataType: type });
export const codeBody = z.strictObject({ kontaktdataType: type });
export const statusBody = z.strictObject({ kontaktdataType: type, kontaktdatastatus: status });

export const nothing = z.object(reference);
export const found = z.object({
  ...reference,
  borgerer: z.array(z.object({ civilregistrationIdentifier: z.string() })),
});
export const registered = z.object({
  ...reference,
  kontaktinformationer: z.object({
    kontaktinformation: z.array(
      z.object({ kontaktdata: z.string(), kontaktdataType: type, kontaktdatastatus: status }),
    ),
  }),
});
export const verified = z.object({ ...reference, kontaktdatastatus: status });
/** The code only where the setting returnCode has it answered. */
export const sent = z.object({ ...reference, verifikationskode: z.string().optional() });
