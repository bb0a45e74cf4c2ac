// What a refusal of a caller went by: the certificate that was told, the organisation, and the relation between the two.

import type { Ground, Grounds } from '../../kernel/grounds.ts';
import { readCertificate } from '../../security/trust/certificate.ts';
import type { Actor, Holder } from '../caller.ts';
import type { DanishRights } from '../register/organisations.ts';
import { ground } from './grounds.ts';

/** What is known of a caller that is refused. */
export interface Caller {
  /** DER; undefined: none was shown. */
  readonly certificate: Buffer | undefined;
  /** Undefined where the certificate is missing or not trusted. */
  readonly holder: Holder | undefined;
  /** Whom the call says that it is made for. */
  readonly actor: Partial<Actor>;
  readonly rights: DanishRights;
  /** The register hand of the clock, in milliseconds since 1970. */
  readonly at: number;
}

const certificateShown = ({ certificate: der }: Caller): Ground => {
  const read = der && readCertificate(der);
  if (!read) return { part: 'certificate', is: der ? 'bytes that are no certificate' : 'none' };
  const { subject, x509 } = read;
  return {
    part: 'certificate',
    of: subject,
    is: `issued by ${x509.issuer.replaceAll('\n', ', ')}, valid from ${x509.validFrom} to ${x509.validTo}`,
  };
};

/** The organisation that is acted for, and whether the certificate's holder may. */
const rightsOf = ({ holder, actor, rights }: Caller): Ground[] => {
  const { organisationType: type, organisationCode: code } = actor;
  const present = { citizen: undefined, rights };
  if (type === undefined || code === undefined)
    return holder ? [ground('organisation of', holder.cvr, present)] : [];
  const organisation = ground('organisation', `${type} ${code}`, present);
  return organisation.is === 'none' || !holder
    ? [organisation]
    : [ground('relation', `${holder.cvr} ${type} ${code}`, present), organisation];
};

/** Whose the certificate is, where it is trusted. */
const holderOf = ({ holder }: Caller): Ground[] => (holder ? [{ part: 'holder', is: holder.cvr }] : []);

const user = ({ actor: { userType, userIdentifier } }: Caller): Ground[] =>
  userType === undefined || userIdentifier === undefined
    ? []
    : [{ part: 'user', of: String(userType), is: userIdentifier }];

const named = ({ actor: { organisationType, organisationCode } }: Caller): Ground[] =>
  organisationType === undefined || organisationCode === undefined
    ? []
    : [{ part: 'named', of: String(organisationType), is: organisationCode }];

const partsOf = (code: number, caller: Caller): Ground[] => {
  switch (code) {
    case 1101:
    case 1012:
      return [certificateShown(caller)];
    case 4575:
      return [...rightsOf(caller), ...holderOf(caller), ...user(caller)];
    default:
      return [...named(caller), ...holderOf(caller)];
  }
};

/** The refusal of a caller with what it went by; one that has its grounds, or is none of the contract, stays as it is. */
export const withGrounds = <Problem extends object>(problem: Problem, caller: Caller): Problem => {
  if ('grounds' in problem || !('code' in problem) || typeof problem.code !== 'number') return problem;
  const grounds: Grounds = {
    code: String(problem.code),
    at: caller.at,
    parts: partsOf(problem.code, caller),
  };
  return { ...problem, grounds };
};
