// Mutual TLS and two SOAP headers as the protection of a service: certificate, then headers, then rights.

import type { XmlElement } from 'libxml2-wasm';
import { firstMessage, schemaSet } from '../schema/validate.ts';
import { composePlain } from '../soap/compose.ts';
import type { Envelope } from '../soap/envelope.ts';
import type { Admission, Peer, Protection } from '../soap/protection.ts';
import { children, isNamed, textOf } from '../xml/tree.ts';
import {
  type Actor,
  authorise,
  type DanishCaller,
  type Door,
  type Holder,
  unknownOrganisationType,
} from './caller.ts';
import type { DanishProblem, Faces } from './problems.ts';
import { type Refusal, refusal } from './register.ts';
import { type DanishRights, organisationTypes } from './rights.ts';

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

interface Headers {
  readonly active: { readonly type: number; readonly code: string };
  readonly user: { readonly type: number; readonly identifier: string };
  readonly requesting: { readonly type: number; readonly code: string };
}

/** What the protection of a service is made of. */
export interface TlsMaterial {
  readonly door: Door;
  readonly rights: DanishRights;
  readonly faces: Faces;
  /** False: calls without a certificate may come too, as far as their headers allow. */
  readonly required: boolean;
  /** Told of a call that said who makes it and was refused for that. */
  readonly onRefused: (operation: string, actor: Actor, holder: Holder | undefined, refused: Refusal) => void;
}

export const createTlsProtection = (
  allowed: readonly number[],
  { door, rights, faces, required, onRefused }: TlsMaterial,
): Protection<DanishProblem> => {
  const schemas = new Map([
    [ORGANISATION.name as string, checkOrganisation()],
    [USER.name as string, checkUser()],
  ]);

  const readHeaders = (envelope: Envelope): Headers | Refusal => {
    const found = headers.map((header) =>
      envelope.blocks.find(({ element }) => isNamed(element, header.namespace, header.name)),
    );
    for (const [index, { namespace, name, missing }] of headers.entries()) {
      if (found[index]) continue;
      const namesake = envelope.blocks.find(({ element }) => element.name === name);
      return refusal(
        missing,
        `SOAP header ${name}`,
        `{${namespace}}${name}`,
        namesake ? `one in the namespace ${namesake.element.namespaceUri || '(none)'}` : 'none',
        namesake ? 'put the header into its own namespace' : 'send both headers, as the WSDL declares them',
      );
    }
    for (const [index, { name, unreadable }] of headers.entries()) {
      const element = found[index]?.element;
      const error = element && schemas.get(name)?.check(element);
      if (error) {
        return refusal(
          unreadable,
          `content of ${name}`,
          'as its schema defines it (?xsd=)',
          firstMessage(error),
          'compare element names, namespaces and order with the schema',
        );
      }
    }
    const [active, user] = found.map((block) => block?.element);
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

  /** The two headers name the organisation twice; they must agree, after both types are known to exist. */
  const disagreement = ({ active, requesting }: Headers): Refusal | undefined => {
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

  const identify = ({ certificate }: Peer): Holder | Refusal | undefined =>
    required || certificate ? door.identify(certificate) : undefined;

  const judge = (read: Headers, actor: Actor, holder: Holder | undefined): DanishCaller | Refusal => {
    const { type } = read.requesting;
    return organisationTypes[type] === undefined
      ? unknownOrganisationType(type)
      : authorise(holder, actor, allowed, rights, () => disagreement(read));
  };

  const protect: Admission['protect'] = async (answer, version) => composePlain(answer, version);

  return {
    name: required ? 'mutual-tls' : 'none',
    first: true,
    understood: [],
    greet: (peer) => {
      const holder = identify(peer);
      return holder && 'explanation' in holder ? faces.problem(holder) : undefined;
    },
    admit: (envelope, peer) => {
      const holder = identify(peer);
      if (holder && 'explanation' in holder) return faces.problem(holder);
      const read = readHeaders(envelope);
      if ('explanation' in read) return faces.problem(read);
      const actor: Actor = {
        organisationType: read.active.type,
        organisationCode: read.active.code,
        userType: read.user.type,
        userIdentifier: read.user.identifier,
      };
      const caller = judge(read, actor, holder);
      if (!('explanation' in caller)) return { payload: envelope.payload, caller, warnings: [], protect };
      onRefused(envelope.payload.name.replace(/Request$/, ''), actor, holder, caller);
      return faces.problem(caller);
    },
  };
};
