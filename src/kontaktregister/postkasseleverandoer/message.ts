// What the messages have in common: their namespace, the three shapes of request, and the status answer.

import type { XmlElement } from 'libxml2-wasm';
import type { Field, OperationDescription } from '../../soap/service.ts';
import { decodeBase64 } from '../../xml/base64.ts';
import { children, textOf } from '../../xml/tree.ts';
import { type ElementNode, element } from '../../xml/writer.ts';
import type { RefusalCode } from './codes.ts';
import type { ContentCommand, MailboxCommand, PersonCommand, Rule } from './rule.ts';

/** The namespace of the messages and of all their children. */
const messages = {
  prefix: 'pk',
  uri: 'http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1',
} as const;

/** `status` of an answer and, where it refuses, `beskrivelse`. */
export type MailboxAnswer =
  | { readonly status: 'OK' | 'JA'; readonly beskrivelse?: never }
  | { readonly status: 'FEILET' | 'NEI'; readonly beskrivelse: RefusalCode };

/** An operation of the mailbox providers' service: the description and the rule that decides it. */
export interface MailboxOperation<Command extends PersonCommand> extends OperationDescription {
  readonly decode: (payload: XmlElement) => Command;
  readonly encode: (answer: MailboxAnswer) => ElementNode;
  readonly rule: Rule<Command>;
  /** The status of an accepted and of a refused request. */
  readonly statuses: { readonly accepted: 'OK' | 'JA'; readonly refused: 'FEILET' | 'NEI' };
}

const person = { name: 'personidentifikator', required: true };
const provider = { name: 'postkasseleverandoerOrgNummer', required: true };
const address = { name: 'postkasseadresse', required: true };
const certificate = { name: 'x509Sertifikat', required: false };

/** The texts of a validated request by field; only names and places that the schema allows can occur here. */
type Texts = ReadonlyMap<string, string>;

/** The text of a required field. */
const textOfField = (texts: Texts, { name }: Field): string => {
  const text = texts.get(name);
  if (text === undefined) throw new Error(`a request without ${name} came past the schema`);
  return text;
};

const readPerson = (texts: Texts): PersonCommand => ({ personidentifikator: textOfField(texts, person) });

const readMailbox = (texts: Texts): MailboxCommand => ({
  ...readPerson(texts),
  postkasseleverandoerOrgNummer: textOfField(texts, provider),
});

const readContent = (texts: Texts): ContentCommand => {
  const der = texts.get(certificate.name);
  return {
    ...readMailbox(texts),
    postkasseadresse: textOfField(texts, address),
    // The schema stage let nothing pass that is no base64; what is left without bytes is an empty element.
    ...(der === undefined ? {} : { x509Sertifikat: decodeBase64(der) ?? Buffer.alloc(0) }),
  };
};

const requestOf = <Command>(fields: readonly Field[], read: (texts: Texts) => Command) => ({
  fields,
  decode: (payload: XmlElement): Command =>
    read(new Map(children(payload).map((child) => [child.name, textOf(child)]))),
});

/** The three shapes of request: their fields, and the command that is read from them. */
export const requests = {
  person: requestOf([person], readPerson),
  mailbox: requestOf([person, provider], readMailbox),
  content: requestOf([person, provider, address, certificate], readContent),
};

/** Writes `status` and, where there is one, `beskrivelse` into the response element of an operation. */
const encodeStatus =
  (response: string) =>
  ({ status, beskrivelse }: MailboxAnswer): ElementNode =>
    element(
      messages,
      response,
      [],
      element(messages, 'status', [], status),
      ...(beskrivelse ? [element(messages, 'beskrivelse', [], beskrivelse)] : []),
    );

/** The names that every operation of the service derives from its own. */
export const namesOf = (operation: string) => ({
  name: operation,
  request: { namespace: messages.uri, name: `${operation}Forespoersel` },
  response: { namespace: messages.uri, name: `${operation}Respons` },
  encode: encodeStatus(`${operation}Respons`),
});

export const okOrFeilet = { accepted: 'OK', refused: 'FEILET' } as const;
