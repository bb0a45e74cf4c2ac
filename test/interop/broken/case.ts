// A message that a stack signed, what was done to it, and what its sender has to be told.

import { NS } from '../../attacks/names.ts';
import type { RewriterName } from './rewriters.ts';
import { type SignerName, signers } from './signers.ts';

/** What is done to a message behind its signer: by a program, or by hand. */
export type Step =
  | { readonly by: RewriterName; readonly way: string }
  | { readonly hand: string; readonly edit: (message: string) => string | Buffer };

export interface Case {
  readonly signer: SignerName;
  /** The mistake of the signer; `good` for none. */
  readonly mistake: string;
  /** Signed by the key of another client of the test PKI, or by a key that nobody knows. */
  readonly key?: 'another' | 'unknown';
  readonly payload: keyof typeof payloads;
  readonly steps: readonly Step[];
  /** What is to be named first; undefined: the message is accepted. */
  readonly cause: string | undefined;
  /** What is to be named too. */
  readonly besides: readonly string[];
  /** Whether it can be proved; where it cannot, nothing may be told for certain. */
  readonly provable: boolean;
}

const PAYLOAD = 'OpprettPostkasseForespoersel';
const payload = (address: string, inside = ''): string =>
  `<m:${PAYLOAD} xmlns:m="${NS.m}">${inside}<m:personidentifikator>12838410985</m:personidentifikator><m:postkasseleverandoerOrgNummer>984661185</m:postkasseleverandoerOrgNummer><m:postkasseadresse>${address}</m:postkasseadresse></m:${PAYLOAD}>`;
const laidOut = (unit: string, end = ''): string =>
  payload('kari.testesen#1234')
    .replace(/<m:p/g, `\n${unit.repeat(3)}<m:p`)
    .replace(`</m:${PAYLOAD}>`, `\n${unit.repeat(2)}</m:${PAYLOAD}>`)
    .replace(/^/, `\n${unit.repeat(2)}`)
    .concat(end);

/** What the Body holds. */
export const payloads = {
  plain: payload('kari.testesen#1234'),
  letters: payload('bjørn.åsen#Æ7'),
  decomposed: payload('bjørn.åsen#Æ7'.normalize('NFD')),
  letter: payload('bjorn.åsen'),
  spaced: payload(' kari.testesen#1234 '),
  escaped: payload('kari&amp;ola'),
  returns: payload('kari&#13;\ntestesen'),
  lines: payload('kari\ntestesen'),
  commented: payload('kari.testesen#1234', '<!-- since 2026 -->'),
  typed: payload('kari.testesen#1234').replace(
    '<m:postkasseadresse>',
    '<m:postkasseadresse xsi:type="xsd:string">',
  ),
  two: laidOut('  ', '\n  '),
  tabs: laidOut('\t', '\n\t'),
} as const;

/** Those whose envelopes say their encoding; of the others' some write letters beyond ASCII as references. */
const declares: ReadonlySet<SignerName> = new Set<SignerName>(['PHP', 'xmlsec1']);

/** The message as it is before it is signed. */
export const envelopeOf = ({ signer, payload: name }: Case): string => {
  const { prefix } = signers[signer];
  const declared = `xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`;
  const declaration = declares.has(signer) ? '<?xml version="1.0" encoding="UTF-8"?>\n' : '';
  return `${declaration}<${prefix}:Envelope xmlns:${prefix}="${NS.soap11}" ${declared}><${prefix}:Header></${prefix}:Header><${prefix}:Body>${payloads[name]}</${prefix}:Body></${prefix}:Envelope>`;
};

export const nameOf = ({ signer, mistake, key, payload: name, steps }: Case): string =>
  [
    `${signer}${mistake === 'good' ? '' : ` (${mistake})`}${key ? `, ${key} key` : ''}, ${name}`,
    ...steps.map((step) => ('by' in step ? `${step.by} ${step.way}` : step.hand)),
  ].join(' → ');

type Told = Partial<Pick<Case, 'payload' | 'besides' | 'provable' | 'key'>> & {
  readonly steps?: readonly Step[];
};

/** The same of several stacks. */
export const by = (
  names: readonly SignerName[],
  mistake: string,
  cause: string | undefined,
  { payload: name = 'plain', besides = [], provable = true, steps = [], key }: Told = {},
): Case[] =>
  names.map((signer) => ({
    signer,
    mistake,
    payload: name,
    steps,
    cause,
    besides,
    provable,
    ...(key ? { key } : {}),
  }));

export const step = (rewriter: RewriterName, way: string): Step => ({ by: rewriter, way });
/** An edit by hand. @throws where there is nothing to edit */
export const hand = (name: string, edit: (message: string) => string | Buffer): Step => ({
  hand: name,
  edit: (message) => {
    const edited = edit(message);
    if (edited === message) throw new Error(`${name}: nothing was edited`);
    return edited;
  },
});
