// What the six messages have in common: their namespace, their fields, and the status answer.

import type { XmlElement } from 'libxml2-wasm';
import type { OperationDescription } from '../../soap/service.ts';
import { decodeBase64 } from '../../xml/base64.ts';
import { children, textOf } from '../../xml/tree.ts';
import { type ElementNode, element } from '../../xml/writer.ts';
import type { Description } from './codes.ts';
import type { MailboxCommand, Rule } from './rule.ts';

/** The namespace of the messages and of all their children. */
const messages = {
  prefix: 'pk',
  uri: 'http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1',
} as const;

/** `status` and `beskrivelse` of an answer. */
export interface MailboxAnswer {
  readonly status: 'OK' | 'FEILET' | 'JA' | 'NEI';
  readonly beskrivelse?: Description;
}

/** An operation of the mailbox providers' service: the description and the rule that decides it. */
export interface MailboxOperation extends OperationDescription<MailboxCommand, MailboxAnswer> {
  readonly rule: Rule;
  /** The status of an accepted and of a refused request. */
  readonly statuses: { readonly accepted: 'OK' | 'JA'; readonly refused: 'FEILET' | 'NEI' };
}

const person = { name: 'personidentifikator', required: true };
const provider = { name: 'postkasseleverandoerOrgNummer', required: true };
const address = { name: 'postkasseadresse', required: true };
const certificate = { name: 'x509Sertifikat', required: false };

/** The three shapes of request. */
export const fields = {
  person: [person],
  mailbox: [person, provider],
  mailboxContent: [person, provider, address, certificate],
} as const;

/** Reads a validated request; only names and places that the schema allows can occur here. */
const decodeMailbox = (payload: XmlElement): MailboxCommand => {
  const values = new Map(children(payload).map((child) => [child.name, textOf(child)]));
  const optional = (name: string): Record<string, string> => {
    const value = values.get(name);
    return value === undefined ? {} : { [name]: value };
  };
  const der = values.get(certificate.name);
  return {
    personidentifikator: values.get(person.name) ?? '',
    ...optional(provider.name),
    ...optional(address.name),
    // The schema stage let nothing pass that is no base64; what is left without bytes is an empty element.
    ...(der === undefined ? {} : { x509Sertifikat: decodeBase64(der) ?? Buffer.alloc(0) }),
  };
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
  decode: decodeMailbox,
});

export const okOrFeilet = { accepted: 'OK', refused: 'FEILET' } as const;
