// Profiles of the user's own: each starts from another one and changes some of its lines.

import * as z from 'zod';
import { ConfigurationError } from '../../kernel/user-error.ts';
import {
  algorithms,
  canonicalizations,
  contentCiphers,
  digestMethods,
  keyTransports,
  signatureMethods,
} from '../algorithms.ts';
import type { Line, LineBasis, Profile } from './profile.ts';
import { builtIn } from './profiles.ts';

/** Algorithms are named by their identifier, or by its last part, as in `rsa-sha256`. */
const shortNames = (identifiers: Iterable<string>): Map<string, string> =>
  new Map(
    [...identifiers].flatMap((uri) => [[uri, uri] as const, [uri.replace(/^.*[#/]/, ''), uri] as const]),
  );

const algorithm = (known: Map<string, string>) =>
  z.string().transform((name, context): string => {
    const uri = known.get(name);
    if (uri !== undefined) return uri;
    const short = [...known.keys()].filter((key) => !key.includes(':')).join(', ');
    context.addIssue({ code: 'custom', message: `there is no algorithm "${name}"; there are ${short}` });
    return z.NEVER;
  });

const canonicalizationNames = new Map([
  ...[...canonicalizations.keys()].map((uri) => [uri, uri] as const),
  ['exc-c14n', algorithms.excC14n] as const,
  ['exc-c14n-with-comments', `${algorithms.excC14n}WithComments`] as const,
  ['c14n', algorithms.c14n] as const,
  ['c14n-with-comments', `${algorithms.c14n}#WithComments`] as const,
]);
const signature = algorithm(shortNames(signatureMethods.keys()));
const digest = algorithm(shortNames(digestMethods.keys()));
const kinds = z.enum(['direct', 'issuerSerial', 'subjectKeyIdentifier', 'thumbprint']);
const seconds = z.number().int().min(1).max(86_400);

const changes = z.strictObject({
  extends: z.string().default('observed'),
  required: z.boolean().optional(),
  canonicalizations: z.array(algorithm(canonicalizationNames)).min(1).optional(),
  signatures: z.array(signature).min(1).optional(),
  digests: z.array(digest).min(1).optional(),
  bareReferences: z.boolean().optional(),
  envelopedTransforms: z.boolean().optional(),
  keyReferences: z.array(kinds).min(1).optional(),
  expiresRequired: z.boolean().optional(),
  maxLifetime: seconds.optional(),
  skew: z.number().int().min(0).max(86_400).optional(),
  headersSigned: z.boolean().optional(),
  minimumKeyBits: z.number().int().min(1024).max(16_384).optional(),
  policies: z.array(z.string().regex(/^\d+(?:\.\d+)+$/)).optional(),
  replay: z.boolean().optional(),
  answer: z
    .strictObject({
      signed: z.boolean().optional(),
      lifetime: seconds.optional(),
      signature: signature.optional(),
      digest: digest.optional(),
      reference: z.enum(['direct', 'issuerSerial']).optional(),
      confirmation: z.boolean().optional(),
      encryption: z
        .union([
          z.literal(false),
          z.strictObject({
            content: algorithm(shortNames(contentCiphers.keys())),
            keyTransport: algorithm(shortNames(keyTransports.keys())),
          }),
        ])
        .optional(),
    })
    .optional(),
});
type Changes = z.output<typeof changes>;

/** The line that each setting belongs to. */
const lines: Readonly<Record<string, Line>> = {
  required: 'signed parts',
  canonicalizations: 'canonicalization',
  signatures: 'signature methods',
  digests: 'digest methods',
  bareReferences: 'references without Transforms',
  envelopedTransforms: 'enveloped-signature',
  keyReferences: 'key references',
  expiresRequired: 'Expires',
  maxLifetime: 'Timestamp lifetime',
  skew: 'clock skew',
  headersSigned: 'signed parts',
  minimumKeyBits: 'minimum RSA key',
  policies: 'certificate policies',
  replay: 'replay',
  'answer.signed': 'answer signature',
  'answer.signature': 'answer signature',
  'answer.digest': 'answer signature',
  'answer.lifetime': 'answer Timestamp',
  'answer.reference': 'answer certificate',
  'answer.confirmation': 'answer confirmation',
  'answer.encryption': 'answer encryption',
};

const configuredLines = ({ answer = {}, ...own }: Changes): Partial<Record<Line, LineBasis>> =>
  Object.fromEntries(
    [...Object.keys(own), ...Object.keys(answer).map((key) => `answer.${key}`)].flatMap((key) => {
      const line = lines[key];
      return line ? [[line, 'configured' as const]] : [];
    }),
  );

/** Only what was given; so that nothing given cannot undo what is extended. */
const given = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

const apply = (name: string, base: Profile, wanted: Changes): Profile => {
  const { extends: _base, expiresRequired, maxLifetime, skew, answer = {}, ...plain } = wanted;
  const { encryption, ...answerPlain } = answer;
  return {
    ...base,
    ...given(plain),
    name,
    timestamp: { ...base.timestamp, ...given({ expiresRequired, maxLifetime, skew }) },
    answer: {
      ...base.answer,
      ...given(answerPlain),
      encryption:
        encryption === undefined
          ? base.answer.encryption
          : encryption
            ? { ...encryption, everywhere: true }
            : undefined,
    },
    bases: { ...base.bases, ...configuredLines(wanted) },
  };
};

type Issue = z.core.$ZodIssue;
/** What is wrong and where; of a setting with two forms, what is wrong with the longer one. */
const tell = ({ path, ...issue }: Issue, before: readonly PropertyKey[] = []): string => {
  const where = [...before, ...path];
  const inner = issue.code === 'invalid_union' ? issue.errors.at(-1)?.[0] : undefined;
  return inner ? tell(inner, where) : `${where.join('.') || 'the profile'}: ${issue.message}`;
};

const mistake = (name: string, why: string): ConfigurationError =>
  new ConfigurationError((naming) => `${naming('securityProfiles')}: ${name}: ${why}`);

/**
 * All profiles: the built-in ones and the user's own, which may extend one another in the order they are written.
 *
 * @param own by name, as the configuration file has them
 * @throws ConfigurationError naming the profile and the setting
 */
export const resolveProfiles = (own: Readonly<Record<string, unknown>>): ReadonlyMap<string, Profile> => {
  const all = new Map(builtIn);
  for (const [name, content] of Object.entries(own)) {
    if (builtIn.has(name))
      throw mistake(name, 'a built-in profile cannot be changed; give yours a name of its own');
    const parsed = changes.safeParse(content);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw mistake(name, issue ? tell(issue) : 'it cannot be used');
    }
    const base = all.get(parsed.data.extends);
    if (!base) {
      throw mistake(
        name,
        `it extends "${parsed.data.extends}", which is not there; there are ${[...all.keys()].join(', ')}`,
      );
    }
    all.set(name, apply(name, base, parsed.data));
  }
  return all;
};

/** @throws ConfigurationError when there is no such profile */
export const profileNamed = (all: ReadonlyMap<string, Profile>, name: string): Profile => {
  const found = all.get(name);
  if (found) return found;
  throw new ConfigurationError(
    `there is no security profile "${name}"; there are ${[...all.keys()].join(', ')}`,
  );
};
