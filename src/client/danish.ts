// A request to the Danish services as the command line sends it: two headers, no signature, over mutual TLS.

import type { OperationDescription, ServiceDescription } from '../soap/service.ts';
import { type ElementNode, element, write } from '../xml/writer.ts';

/** Whom the request is made for. */
export interface ActorFields {
  readonly organisationType: string;
  readonly organisationCode: string;
  readonly userType: string;
  readonly userIdentifier: string;
}

const metadata = { prefix: 'rum', uri: 'http://service.bm.dk/RequestUserMetadata/2015/01/21/' };
const user = { prefix: 'rus', uri: 'http://service.bm.dk/pjaktass/2015/01/21/RequestUserStructure/' };
const userTypes = {
  prefix: 'rut',
  uri: 'http://service.bm.dk/pjaktass/2015/01/21/RequestUserTypeIdentifierCodeList/',
};
const organisation = {
  prefix: 'ros',
  uri: 'http://service.bm.dk/pjaktass/2015/01/21/RequestOrganisationStructure/',
};
const codeList = { prefix: 'cl', uri: 'http://service.bm.dk/pjaktass/2013/06/07/CodeListBase/' };
const active = { prefix: 'aoh', uri: 'http://rep.oio.dk/ams.dk/xml/schemas/2005/09/01/' };

const item = (value: string): ElementNode => element(codeList, 'CodeListItemIdentifier', [], value);

const headersOf = (actor: ActorFields, now: number): ElementNode[] => [
  element(
    metadata,
    'RequestUserMetadataHeader',
    [],
    element(
      user,
      'RequestUserStructure',
      [],
      element(user, 'UserFullName', [], 'Kontakt Emulator'),
      element(userTypes, 'RequestUserTypeIdentifier', [], item(actor.userType)),
      element(user, 'UserIdentifier', [], actor.userIdentifier),
    ),
    element(
      organisation,
      'RequestOrganisationStructure',
      [],
      element(organisation, 'OrganisationTypeIdentifier', [], item(actor.organisationType)),
      element(organisation, 'OrganisationCode', [], actor.organisationCode),
    ),
    element(metadata, 'RegistrationDateTime', [], new Date(now).toISOString()),
  ),
  element(
    active,
    'ActiveOrganisationHeader',
    [],
    element(active, 'OrganisationTypeIdentifier', [], actor.organisationType),
    element(active, 'OrganisationCode', [], actor.organisationCode),
  ),
];

/**
 * Writes an envelope with the two headers.
 *
 * @param now milliseconds since 1970
 */
export const writeDanishRequest = (
  { version: { namespace } }: ServiceDescription,
  operation: OperationDescription,
  values: Readonly<Record<string, string>>,
  actor: ActorFields,
  now: number,
): string => {
  const message = { prefix: 'm', uri: operation.request.namespace };
  const payload = element(message, operation.request.name, [], ...(operation.compose?.(values) ?? []));
  return write(
    element(
      namespace,
      'Envelope',
      [],
      element(namespace, 'Header', [], ...headersOf(actor, now)),
      element(namespace, 'Body', [], payload),
    ),
  );
};
