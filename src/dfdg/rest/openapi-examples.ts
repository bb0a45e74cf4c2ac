// The examples of the OpenAPI document: a request and an answer for each method, on the citizens of the seed.

interface Example {
  readonly summary: string;
  readonly value: unknown;
}
type Examples = Readonly<Record<string, Example>>;

/** What the document shows of a method. */
export interface MethodExamples {
  readonly parameter?: { readonly description: string; readonly value: string };
  readonly request?: Examples;
  readonly answer: Examples;
}

const reference = { serviceRequestLogReferenceIdentifier: '3f2f7c1e-8a54-4c39-9d0b-2f6f0c6f8a11' };
const one = (summary: string, value: unknown): Examples => ({ example: { summary, value } });
const row = (kontaktdataType: number, kontaktdata: string) => ({ kontaktdata, kontaktdataType });

/** A citizen of the seed who is alive and has no contact data. */
export const CITIZEN = '1403455896';

const citizens = one('One number or address may belong to several citizens.', {
  ...reference,
  borgerer: [{ civilregistrationIdentifier: '0202518583' }, { civilregistrationIdentifier: '1608495963' }],
});

/** By the name of the method. */
export const examples: Readonly<Record<string, MethodExamples>> = {
  CreateKontaktinformation: {
    request: {
      register: {
        summary: 'Registers a mobile number and an e-mail address.',
        value: {
          kontaktinformationer: { kontaktinformation: [row(1, '20123456'), row(3, 'borger@example.dk')] },
        },
      },
      remove: {
        summary: 'Removes the landline: a row without a value.',
        value: { kontaktinformationer: { kontaktinformation: [{ kontaktdataType: 2 }] } },
      },
    },
    answer: one('The number of the call in the access log.', reference),
  },
  UpdateVerificerKontaktinformation: {
    request: one('The code that the citizen got by sms.', {
      verifikationskode: '123456',
      kontaktdataType: 1,
    }),
    answer: one('Verified.', { ...reference, kontaktdatastatus: 2 }),
  },
  GetVerifikationskode: {
    request: one('A code by sms.', { kontaktdataType: 1 }),
    answer: one('Sent. The code itself only where the emulator is told to return it.', reference),
  },
  UpdateKontaktinformation: {
    request: one('The mobile number has become invalid.', { kontaktdataType: 1, kontaktdatastatus: 3 }),
    answer: one('The number of the call in the access log.', reference),
  },
  GetKontaktinformation: {
    answer: one('A verified mobile number and an e-mail address that is not verified.', {
      ...reference,
      kontaktinformationer: {
        kontaktinformation: [
          { ...row(1, '20123456'), kontaktdatastatus: 2 },
          { ...row(3, 'borger@example.dk'), kontaktdatastatus: 1 },
        ],
      },
    }),
  },
  GetKontaktinformationMobilNr: {
    parameter: {
      description: 'Eight Danish digits, with or without +45, or an international number.',
      value: '34412313',
    },
    answer: citizens,
  },
  GetKontaktinformationEmail: {
    parameter: {
      description: 'An e-mail address; a slash in it is %2F.',
      value: 'familien.faelles@example.dk',
    },
    answer: citizens,
  },
};
