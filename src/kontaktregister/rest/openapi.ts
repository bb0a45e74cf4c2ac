// The OpenAPI document of the REST service, made from the schemas that requests are checked against and by the functions that refuse.

import {
  documentOf,
  jsonSchemaOf,
  problemExample,
  problemSchema,
  reference,
  refusalResponse,
  responseName,
  type ServedAs,
  schemaOf,
  sentence,
} from '../../contract/openapi.ts';
import { tooLarge } from '../../http/problems.ts';
import { internalProblem } from '../../kernel/problem.ts';
import { unavailable } from '../../store/unavailable.ts';
import { challenges, detailOf, type PersonerProblem, statusOf } from './problems.ts';
import { invalid, otherMedia } from './request.ts';
import { body, contact, mailbox, type PersonerRoute, person, routes } from './routes.ts';
import { unreadable, withoutScope } from './token.ts';

/** Persons of the register as it begins: one with a mailbox, and one that nobody knows. */
const NUMBERS = ['18868703845', '14897410894'];

const REQUEST = {
  example: { summary: 'Two persons.', value: { personidentifikatorer: NUMBERS } },
};

const ANSWER = {
  example: {
    summary: 'A person with a mailbox, and a number that the register does not have.',
    value: {
      personer: [
        {
          personidentifikator: NUMBERS[0],
          reservasjon: 'NEI',
          status: 'AKTIV',
          varslingsstatus: 'KAN_VARSLES',
          kontaktinformasjon: {
            epostadresse: 'dagny.digipost@example.no',
            epostadresse_oppdatert: '2026-09-26T12:00:00.000Z',
            mobiltelefonnummer: '40000019',
            mobiltelefonnummer_oppdatert: '2026-09-26T12:00:00.000Z',
            mobiltelefonnummer_sist_verifisert: '2026-10-26T12:00:00.000Z',
          },
          digital_post: {
            postkasseadresse: 'dagny.digipost#4D5E',
            postkasseleverandoeradresse: '984661185',
          },
        },
        {
          personidentifikator: NUMBERS[1],
          status: 'IKKE_REGISTRERT',
          varslingsstatus: 'KAN_IKKE_VARSLES',
        },
      ],
    },
  },
};

/** A refusal of each status, told as the service tells it. */
const REFUSALS: readonly (readonly [description: string, refused: PersonerProblem])[] = [
  [
    'The body is not as this document says.',
    invalid('eleven digits at personidentifikatorer.0', 'the text "123"'),
  ],
  ['No bearer token, or one that is no JWT.', unreadable('no Authorization header')],
  ['The token lacks the scope.', withoutScope(routes[0]?.scope ?? '', ['openid'])],
  ['The body is too large.', tooLarge('70000 bytes', 65536)],
  ['The body is of a media type or a content encoding that is not taken.', otherMedia('text/plain')],
  ['The emulator itself failed; its log says why.', internalProblem()],
  ['The register cannot be read now.', unavailable({ loss: 'the register is being reset', passes: true })],
];

const responses = (): Record<string, unknown> =>
  Object.fromEntries(
    REFUSALS.map(([description, refused]) => {
      const status = statusOf(refused.problem);
      const examples = { refused: problemExample(status, detailOf(refused)) };
      return [
        responseName(status),
        refusalResponse({ description, examples, challenge: challenges[refused.problem] }),
      ];
    }),
  );

const operationOf = ({ name, scope, summary }: PersonerRoute) => ({
  operationId: name,
  tags: ['personer'],
  summary: `${sentence(summary)}.`,
  description:
    'Address, body and members are documented; the scope, the envelope of the answer and the refusals are assumed.',
  'x-scope': scope,
  parameters: [],
  requestBody: {
    required: true,
    description: 'Whom to look up.',
    content: { 'application/json': { schema: schemaOf('Request'), examples: REQUEST } },
  },
  responses: {
    200: {
      description: 'One person for each number.',
      content: { 'application/json': { schema: schemaOf('Response'), examples: ANSWER } },
    },
    ...Object.fromEntries(
      REFUSALS.map(([, { problem }]) => {
        const status = statusOf(problem);
        return [status, reference('responses', responseName(status))];
      }),
    ),
  },
});

/** Each object is a schema of its own, so that generators make one class of it. */
const schemas = () => {
  const whole = jsonSchemaOf(person);
  return {
    Request: jsonSchemaOf(body),
    Response: {
      type: 'object',
      properties: { personer: { type: 'array', items: schemaOf('Person') } },
      required: ['personer'],
      additionalProperties: false,
    },
    Person: {
      ...whole,
      properties: {
        ...(whole.properties as object),
        kontaktinformasjon: schemaOf('Kontaktinformasjon'),
        digital_post: schemaOf('DigitalPost'),
      },
    },
    Kontaktinformasjon: jsonSchemaOf(contact),
    DigitalPost: jsonSchemaOf(mailbox),
    Problem: problemSchema(),
  };
};

/** The OpenAPI 3.1 document. */
export const openApi = (served: ServedAs) =>
  documentOf(served, {
    title: 'Kontakt- og reservasjonsregisteret',
    description: 'The REST successor of Oppslagstjenesten, over the same register, for orientation.',
    security: [{ bearer: [] }],
    tags: { personer: 'Persons by their numbers.' },
    paths: Object.fromEntries(routes.map((route) => [route.path, { post: operationOf(route) }])),
    components: {
      schemas: schemas(),
      responses: responses(),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A token by its form, with the scope of the method; its signature is not verified.',
        },
      },
    },
  });
