// What the engine says of a message: one document, the same for a terminal, for programs and for the journal.
//
// docs/explanation.schema.json is made from this. Every member is always there, in this order: what does not apply is null or
// empty. Of what can be right or wrong, null means that it was not tried.

import { z } from 'zod';

const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
const text = (description: string) => z.string().describe(description);
const right = z.boolean().nullable().describe('null: it could not be tried');

const octets = z
  .object({
    bytes: z.int().min(0).describe('how many there are'),
    shown: z.int().min(0).describe('how many of them the text holds, from the first on'),
    text: text('as UTF-8'),
  })
  .nullable()
  .describe('canonical octets; null: they have no canonical form, or nothing has them');

const state = z.object({
  what: text('the state in words'),
  since: z.string().optional().describe('since when, by the register’s hand of the clock'),
  before: z.string().optional().describe('how long before the refusal that was'),
  by: z
    .object({
      means: text('the operation of an exchange; seed, or control for a call of the control interface'),
      exchange: z.int().optional().describe('the number of the exchange that brought it about'),
      kept: z.boolean().optional().describe('whether the journal still has that exchange'),
      caller: z.string().optional().describe('the organisation that called'),
    })
    .optional(),
  now: z.string().optional().describe('what has become of it since the refusal, where it is another now'),
});

const evidence = z.object({
  check: z.string().optional().describe('what was looked at, where something was expected of it'),
  expected: z.string().optional(),
  found: z.string().optional(),
  difference: z
    .object({
      at: z.int().min(0).describe('in octets, from 0'),
      signed: text('what the signer had there, with blanks, tabs and line ends as signs'),
      arrived: text('what arrived there'),
    })
    .optional()
    .describe('where what was signed and what arrived begin to differ'),
  how: list(z.string()).optional().describe('what was done to SignedInfo, by the names of causes'),
  trials: z.int().min(0).optional().describe('how many ways were tried'),
  cut: z.boolean().optional().describe('whether ways were left out, since there are too many octets'),
  state: list(state).optional().describe('what of the register led to it; the first is what counts'),
  change: z.string().optional().describe('what changes that: a command, or a call of the control interface'),
});

const cause = z.object({
  cause: text('its name, of the closed list'),
  certain: z
    .boolean()
    .describe('proved: by it the digest or the signature comes out right, or a rule is broken'),
  where: list(z.string()).optional().describe('the elements that it is about'),
  sentence: text('what was done'),
  evidence,
  rule: text('where it is written how it should be'),
  basis: z
    .enum(['documented', 'observed', 'assumed'])
    .optional()
    .describe('how well the rule is known, where it is one of a contract'),
  remedy: text('what to change'),
  stacks: z.record(z.string(), z.string()).optional().describe('the setting of a SOAP stack, by its name'),
});

const reference = z.object({
  uri: text('as the signature writes it'),
  element: z.string().nullable().describe('where its target stands; null: it leads nowhere'),
  transforms: list(
    z.object({ algorithm: z.string(), prefixes: list(z.string()).describe('the PrefixList') }),
  ).describe('as written; empty: none, which is inclusive Canonical XML'),
  digest: z.object({
    method: text('the hash, by its short name'),
    declared: text('DigestValue'),
    found: z.string().nullable().describe('of the octets that count'),
    right,
  }),
  octets,
});

const certificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  serial: text('decimal'),
  carried: z.boolean().describe('whether the message carries it; otherwise it is a known one that it names'),
  organisation: z
    .object({ number: z.string(), place: text('the attribute of the subject that holds it') })
    .nullable(),
  generation: z.string().nullable().describe('which of a country’s shapes it has'),
  validity: z.object({
    from: z.string(),
    until: z.string(),
    right: z.boolean().describe('at the time of the verdict'),
  }),
  usage: z.object({
    key: list(z.string()).nullable().describe('keyUsage; null: not restricted'),
    extended: list(z.string()).describe('OIDs of extendedKeyUsage'),
    policies: list(z.string()).describe('OIDs of certificatePolicies'),
  }),
  chain: list(z.string()).describe('the subjects from the certificate to the trust anchor, as far as known'),
  path: list(
    z.object({
      subject: z.string(),
      validity: z.object({
        from: z.string(),
        until: z.string(),
        right: z.boolean().describe('at the time of the verdict'),
      }),
      trusted: z.boolean().describe('whether it is a trust anchor'),
    }),
  ).describe('the certificates of the chain'),
  missing: z.string().nullable().describe('why the chain leads to no trust anchor; null: it leads to one'),
});

const warning = z.object({
  problem: z.string(),
  explanation: z.object({
    check: z.string(),
    expected: z.string(),
    found: z.string(),
    rule: z.string(),
    remedy: z.string(),
    basis: z.enum(['documented', 'observed', 'assumed']),
    where: z.string().optional(),
    line: z.int().optional(),
    kind: z.string().optional().describe('which of the mistakes it is that the code stands for'),
  }),
});

export const explanation = z.object({
  message: z.enum(['request', 'answer', 'fault']).nullable().describe('null: it is none'),
  verdict: z
    .enum(['accepted', 'refused', 'no message', 'not judged'])
    .describe('not judged: what comes back without a signature, or cannot be read without a key'),
  profile: text('the security profile that it is judged by'),
  problem: z.string().nullable().describe('the code of the refusal'),
  causes: list(cause).describe('the first is what to change; empty where nothing is wrong'),
  references: list(reference).describe('what the signature refers to, in its order'),
  signature: z
    .object({
      method: text('the signature method, by its short name'),
      right,
      octets: octets.describe('of SignedInfo'),
    })
    .nullable()
    .describe('null: there is none that can be read'),
  certificate: certificate
    .nullable()
    .describe('of the key that the signature was tried with; null: nobody knows one'),
  coverage: list(
    z.object({
      element: text('where it stands'),
      signedBy: z.string().nullable().describe('the URI of the reference; null: it is not signed'),
    }),
  ).describe(
    'Body, Timestamp, token and header blocks; none where it cannot be told what the Signature signs',
  ),
  checks: list(
    z.object({
      check: text('what is checked'),
      right: z.boolean().nullable().describe('null: it could not be checked, or is for whoever reads it'),
      found: z.string(),
    }),
  ).describe('of an answer or a fault: what its receiver has to check'),
  secondOpinion: z
    .object({
      'xml-crypto': z.enum(['valid', 'invalid', 'cannot say']),
      why: text('what it goes by, and where it differs from the verdict, why'),
    })
    .describe('what a library says of the same message and key that checks the signature alone'),
  warnings: list(warning).describe(
    'what strict would refuse (security.*), and what is answered although somebody may not expect it',
  ),
});

/** The members of its parts in the order in which they are told. */
export const order = {
  cause: cause.keyof().options,
  evidence: evidence.keyof().options,
  explanation: warning.shape.explanation.keyof().options,
} as const;

export type Explained = z.infer<typeof explanation>;
export type ExplainedCause = z.infer<typeof cause>;
export type ToldState = z.infer<typeof state>;
export type Evidence = z.infer<typeof evidence>;
export type ExplainedOctets = z.infer<typeof octets>;
export type ExplainedReference = z.infer<typeof reference>;
export type ExplainedCertificate = z.infer<typeof certificate>;
