// Who calls: the certificate first, then the organisation and the user that the call is made for. SOAP and REST alike.

import { isProblem } from '../kernel/problem.ts';
import { type Certificate, readCertificate } from '../security/trust/certificate.ts';
import { judgeFitness } from '../security/trust/fitness.ts';
import type { TrustStore } from '../security/trust/trust.ts';
import type { Caller } from '../soap/service.ts';
import {
  type DanishRights,
  type Organisation,
  organisationTypes,
  userTypes,
} from './register/organisations.ts';
import { type Refusal, refusal } from './rule.ts';
import { judgeUser } from './user.ts';

/** A function certificate (FOCES) that is trusted; `userIdentifier` in the form that headers carry. */
export interface Holder {
  readonly cvr: string;
  readonly userIdentifier: string;
  readonly subject: string;
  /** SHA-256 of the certificate: what request ids are counted by. */
  readonly fingerprint: string;
}

/** Whom a call says it is made for. */
export interface Actor {
  readonly organisationType: number;
  readonly organisationCode: string;
  readonly userType: number;
  readonly userIdentifier: string;
}

export interface DanishCaller extends Caller {
  readonly actor: Actor;
  readonly acting: Organisation;
}

const LONGEST_SUBJECT = 200;
const ORGANIZATION_IDENTIFIER = '2.5.4.97';
const SERIAL_NUMBER = '2.5.4.5';

/**
 * CVR number and user identifier, in the OCES 3 shape or the OCES 2 shape [O]. An attribute that is there twice names two,
 * and so nobody; an organizationIdentifier of another scheme is no reason to look elsewhere.
 */
export const danishIdentity = ({
  attributes,
}: Certificate): { cvr: string; userIdentifier: string } | undefined => {
  const texts = (type: string): string[] =>
    attributes.filter((one) => one.type === type).map(({ text }) => text);
  const [identifier, ...identifiers] = texts(ORGANIZATION_IDENTIFIER);
  const [number = '', ...numbers] = texts(SERIAL_NUMBER);
  if (identifiers.length > 0 || numbers.length > 0) return undefined;
  if (identifier !== undefined) {
    const cvr3 = /^NTRDK-(\d{8})$/.exec(identifier)?.[1];
    const uuid = /^UI:DK-[A-Z]:[A-Z]:([0-9a-fA-F-]{36})$/.exec(number)?.[1];
    return cvr3 ? { cvr: cvr3, userIdentifier: `CVR:${cvr3}-UUID:${uuid ?? ''}` } : undefined;
  }
  const [serial, cvr2] = /^CVR:(\d{8})-(?:FID|UID|RID):\S+$/.exec(number) ?? [];
  return cvr2 && serial ? { cvr: cvr2, userIdentifier: serial } : undefined;
};

/** Who a certificate names, trusted or not. */
export const claimedCaller = (der: Buffer | undefined): Partial<Caller> => {
  const certificate = der && readCertificate(der);
  return certificate
    ? {
        organisation: danishIdentity(certificate)?.cvr,
        subject: certificate.subject.slice(0, LONGEST_SUBJECT),
        fingerprint: certificate.x509.fingerprint256,
      }
    : {};
};

const MISSING =
  'send a client certificate in the TLS handshake, to the https address (pki/clients: star, akasse, kommune, jobcenter, jobnet)';

export interface Authenticator {
  /** Judges the certificate: 1101 when there is none, 1012 when it is not trusted. A good verdict is kept. */
  identify(certificate: Buffer | undefined): Holder | Refusal;
}

/** @param now the security hand of the clock, in milliseconds since 1970 */
export const createAuthenticator = (trust: TrustStore, now: () => number): Authenticator => {
  // The listener hands over the same bytes for every request of a connection, so identity of the object is enough.
  const known = new WeakMap<Buffer, { holder: Holder; from: number; until: number; revision: string }>();
  const judge = (der: Buffer, at: number): { holder: Holder; from: number; until: number } | Refusal => {
    const failed = (found: string, remedy: string): Refusal =>
      refusal(1012, 'client certificate', 'a trusted function certificate with a CVR number', found, remedy);
    const certificate = readCertificate(der);
    if (!certificate) return failed('bytes that are no certificate', 'send one X.509 certificate');
    const chain = trust.judge(certificate, at);
    if (isProblem(chain)) return failed(chain.explanation.found, chain.explanation.remedy);
    const unfit = judgeFitness(certificate);
    if (unfit) return failed(unfit.explanation.found, unfit.explanation.remedy);
    const identity = danishIdentity(certificate);
    if (!identity)
      return failed(`${certificate.subject}: no CVR number`, 'use a Danish function certificate (FOCES)');
    const { subject, x509 } = certificate;
    return {
      holder: { ...identity, subject, fingerprint: x509.fingerprint256 },
      from: chain.from,
      until: chain.until,
    };
  };
  return {
    identify: (certificate) => {
      if (!certificate) return refusal(1101, 'client certificate', 'one', 'none', MISSING);
      const at = now();
      const before = known.get(certificate);
      const { revision } = trust;
      if (before?.revision === revision && at >= before.from && at <= before.until) return before.holder;
      const verdict = judge(certificate, at);
      if (!('holder' in verdict)) return verdict;
      known.set(certificate, { ...verdict, revision });
      return verdict.holder;
    },
  };
};

export const unknownOrganisationType = (type: number): Refusal =>
  refusal(
    8173,
    'OrganisationTypeIdentifier',
    Object.keys(organisationTypes).join(', '),
    String(type),
    'send a value of the code list',
  );

/**
 * Whether the actor may use the service, and the certificate's holder may act for it.
 *
 * @param holder undefined where no certificate is asked for
 * @param allowed organisation types that may use the service or method
 * @param disagreement what two statements about the organisation disagree in, where the call makes two
 */
export const authorise = (
  holder: Holder | undefined,
  actor: Actor,
  allowed: readonly number[],
  rights: DanishRights,
  disagreement: () => Refusal | undefined = () => undefined,
): DanishCaller | Refusal => {
  const { organisationType, organisationCode, userType } = actor;
  const typeName = organisationTypes[organisationType];
  if (typeName === undefined) return unknownOrganisationType(organisationType);
  if (userTypes[userType] === undefined) {
    return refusal(
      8174,
      'RequestUserTypeIdentifier',
      Object.keys(userTypes).join(', '),
      String(userType),
      'send a value of the code list',
    );
  }
  const disagreed = disagreement();
  if (disagreed) return disagreed;
  if (!allowed.includes(organisationType)) {
    return refusal(
      1013,
      'organisation type against the service',
      `one of ${allowed.join(', ')}`,
      `${organisationType} (${typeName})`,
      'call the service that is meant for this organisation type',
    );
  }
  const acting = rights.organisation(organisationType, organisationCode);
  const notAuthorized = (expected: string, found: string, remedy: string): Refusal =>
    refusal(4575, 'the certificate against the organisation', expected, found, remedy);
  if (!acting) {
    return notAuthorized(
      'an organisation that is known',
      `type ${organisationType}, code ${organisationCode}`,
      'use a known organisation (GET /_emulator/organisations?country=dk)',
    );
  }
  if (holder && !rights.mayActFor(holder.cvr, acting)) {
    return notAuthorized(
      `a CVR number that may act for ${acting.name}`,
      `CVR ${holder.cvr}, which may not`,
      'use the organisation’s own certificate, or add a relation (PUT /_emulator/organisations)',
    );
  }
  const wrongUser = judgeUser(actor, holder);
  if (wrongUser) return wrongUser;
  return {
    organisation: holder?.cvr,
    ...(holder ? { subject: holder.subject, fingerprint: holder.fingerprint } : {}),
    actor,
    acting,
  };
};
