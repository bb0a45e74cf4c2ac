// The two SOAP headers of every Danish call: which they are, what they say, and whether they agree.

import type { XmlElement } from 'libxml2-wasm';
import { schemaSet } from '../../schema/validate.ts';
import type { SchemaFault } from '../../schema/values.ts';
import type { Envelope } from '../../soap/envelope.ts';
import { placeOf } from '../../xml/place.ts';
import { children, isNamed, textOf } from '../../xml/tree.ts';
import type { Actor } from '../caller.ts';
import type { DanishRights } from '../register/organisations.ts';
import { type Refusal, refusal } from '../rule.ts';

const ORGANISATION = {
  namespace: 'http://rep.oio.dk/ams.dk/xml/schemas/2005/09/01/',
  name: 'ActiveOrganisationHeader',
  missing: 8232,
  unreadable: 8234,
} as const;
const USER = {
  namespace: 'http://service.bm.dk/RequestUserMetadata/2015/01/21/',
  name: 'RequestUserMetadataHeader',
  missing: 8233,
  unreadable: 8235,
} as const;

/** The two headers that every call carries. */
export const headers = [ORGANISATION, USER];

const LONGEST_CLAIM = 255;

const checkOrganisation = () =>
  schemaSet('dfdg-active-organisation', {
    'active-organisation-header.xsd': 'dfdg/active-organisation-header.xsd',
  });
const checkUser = () => {
  const files = [
    'request-user-metadata-header.xsd',
    'request-user-structure.xsd',
    'request-organisation-structure.xsd',
    'request-user-type-identifier-code-list.xsd',
    'organisation-type-identifier-code-list.xsd',
    'code-list-base.xsd',
    'email-address.xsd',
  ];
  return schemaSet('dfdg-request-user', Object.fromEntries(files.map((name) => [name, `dfdg/${name}`])));
};

/** The text of the first element of this name at any depth; only called on what its schema allows. */
const valueIn = (element: XmlElement, name: string): string => {
  for (const child of children(element)) {
    if (child.name === name) return textOf(child);
    const deeper = valueIn(child, name);
    if (deeper !== '') return deeper;
  }
  return '';
};

/** What the headers say, once their schemas allow them. */
export interface Headers {
  readonly active: { readonly type: number; readonly code: string };
  readonly user: { readonly type: number; readonly identifier: string };
  readonly requesting: { readonly type: number; readonly code: string };
}

type Header = (typeof headers)[number];

/** The blocks of a header that are addressed to this service. */
const blocksOf = ({ blocks }: Envelope, { namespace, name }: Header): XmlElement[] =>
  blocks
    .filter(({ element, ours }) => ours && isNamed(element, namespace, name))
    .map(({ element }) => element);

/** A refusal of a header, with the kind of mistake. */
export type HeaderRefusal = Refusal & { readonly fault?: SchemaFault | 'actor' };

const refuse = (
  fault: HeaderRefusal['fault'],
  where: string | undefined,
  ...reason: Parameters<typeof refusal>
): HeaderRefusal => {
  const { explanation, ...refused } = refusal(...reason);
  return {
    ...refused,
    explanation: { ...explanation, ...(where === undefined ? {} : { where }) },
    ...(fault === undefined ? {} : { fault }),
  };
};

const missing = ({ blocks }: Envelope, { namespace, name, missing: code }: Header): HeaderRefusal => {
  const namesake = blocks.find(({ element }) => element.name === name)?.element;
  const expected = `{${namespace}}${name}`;
  if (!namesake)
    return refuse(
      'missing',
      undefined,
      code,
      `SOAP header ${name}`,
      expected,
      'none',
      'send both headers, as the WSDL declares them',
    );
  return namesake.namespaceUri === namespace
    ? refuse(
        'actor',
        placeOf(namesake),
        code,
        `SOAP header ${name}`,
        `${expected}, for this service`,
        'one for another actor',
        'leave its actor attribute out',
      )
    : refuse(
        'namespace',
        placeOf(namesake),
        code,
        `SOAP header ${name}`,
        expected,
        `one in the namespace ${namesake.namespaceUri.slice(0, LONGEST_CLAIM) || '(none)'}`,
        'put the header into its own namespace',
      );
};

/** Makes the reader of the headers: 8232 and 8233 for a missing one, 8234 and 8235 for one against its schema, or two. */
export const createHeaderReader = (): ((envelope: Envelope) => Headers | HeaderRefusal) => {
  const schemas = new Map([
    [ORGANISATION.name as string, checkOrganisation()],
    [USER.name as string, checkUser()],
  ]);

  return (envelope) => {
    const found = headers.map((header) => blocksOf(envelope, header));
    for (const [index, header] of headers.entries()) {
      if (found[index]?.length === 0) return missing(envelope, header);
    }
    for (const [index, { name, unreadable }] of headers.entries()) {
      const [element, ...more] = found[index] ?? [];
      if (more.length > 0) {
        return refuse(
          'twice',
          undefined,
          unreadable,
          `SOAP header ${name}`,
          'one',
          `${more.length + 1}`,
          'send the header once, also where all of them say the same',
          'assumed',
        );
      }
      const schema = schemas.get(name);
      const error = element && schema?.check(element);
      if (!schema || !error) continue;
      const told = schema.tell(error, element);
      return refuse(
        told.fault,
        told.where,
        unreadable,
        `content of ${name}`,
        told.expected,
        told.found,
        told.remedy,
      );
    }
    const [active, user] = found.map(([element]) => element);
    if (!active || !user) throw new Error('a header that was there is gone');
    const [userStructure, organisationStructure] = children(user);
    if (!userStructure || !organisationStructure) throw new Error('a header that was valid is not');
    return {
      active: {
        type: Number(valueIn(active, 'OrganisationTypeIdentifier')),
        code: valueIn(active, 'OrganisationCode').trim(),
      },
      user: {
        type: Number(valueIn(userStructure, 'RequestUserTypeIdentifier')),
        identifier: valueIn(userStructure, 'UserIdentifier'),
      },
      requesting: {
        type: Number(valueIn(organisationStructure, 'OrganisationTypeIdentifier')),
        code: valueIn(organisationStructure, 'OrganisationCode').trim(),
      },
    };
  };
};

let reader: ReturnType<typeof createHeaderReader> | undefined;

/** What is wrong with the headers by themselves, whoever calls. */
export const judgeHeaders = (envelope: Envelope): HeaderRefusal | undefined => {
  reader ??= createHeaderReader();
  const read = reader(envelope);
  return 'explanation' in read ? read : undefined;
};

/** The two headers name the organisation twice; they must agree, after both types are known to exist. */
export const disagreement = ({ active, requesting }: Headers, rights: DanishRights): Refusal | undefined => {
  const same =
    active.type === requesting.type &&
    (active.code === requesting.code ||
      rights.organisation(active.type, active.code)?.code ===
        rights.organisation(requesting.type, requesting.code)?.code);
  return same
    ? undefined
    : refusal(
        4413,
        'the organisation in both headers',
        `type ${active.type}, code ${active.code}, as in ActiveOrganisationHeader`,
        `type ${requesting.type}, code ${requesting.code} in RequestOrganisationStructure`,
        'name the same organisation in both headers',
      );
};

/** What the headers say of who calls, as far as it can be read: for the access log, never for a decision. */
export const claimsIn = (envelope: Envelope): Partial<Actor> => {
  // Of two headers of a name neither says who calls.
  const textIn = (header: Header, name: string): string | undefined => {
    const [block, ...more] = blocksOf(envelope, header);
    if (!block || more.length > 0) return undefined;
    return valueIn(block, name).trim().slice(0, LONGEST_CLAIM) || undefined;
  };
  const numberIn = (text: string | undefined): number | undefined =>
    text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  const organisationType = numberIn(textIn(ORGANISATION, 'OrganisationTypeIdentifier'));
  const organisationCode = textIn(ORGANISATION, 'OrganisationCode');
  const userType = numberIn(textIn(USER, 'RequestUserTypeIdentifier'));
  const userIdentifier = textIn(USER, 'UserIdentifier');
  return {
    ...(organisationType === undefined ? {} : { organisationType }),
    ...(organisationCode === undefined ? {} : { organisationCode }),
    ...(userType === undefined ? {} : { userType }),
    ...(userIdentifier === undefined ? {} : { userIdentifier }),
  };
};
