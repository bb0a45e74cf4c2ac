// The user that a call is made for, against the certificate: a citizen, a program, or somebody of the organisation.

import { checkCpr } from '../identifiers/cpr.ts';
import { CITIZEN, SYSTEM } from './register/organisations.ts';
import { type Refusal, refusal } from './rule.ts';

/** UUIDs are written in either case (RFC 9562 §4); everything else of an identifier counts letter for letter. */
const sameIdentifier = (left: string, right: string): boolean => {
  const plain = (text: string): string =>
    text.replace(/(?<=^CVR:\d{8}-UUID:).*$/, (uuid) => uuid.toLowerCase());
  return plain(left) === plain(right);
};

/**
 * Whether the user is one that the certificate vouches for; of a citizen, whether one is named at all.
 *
 * @param holder undefined where no certificate is asked for
 */
export const judgeUser = (
  { userType, userIdentifier }: { readonly userType: number; readonly userIdentifier: string },
  holder: { readonly cvr: string; readonly userIdentifier: string } | undefined,
): Refusal | undefined => {
  const found = userIdentifier.slice(0, 60);
  if (userType === CITIZEN) {
    const noCpr = checkCpr(userIdentifier);
    if (noCpr === undefined) return undefined;
    return refusal(
      4575,
      'UserIdentifier of a citizen (user type 1)',
      'the citizen’s CPR number',
      `${found}: ${noCpr}`,
      'send the CPR number of the citizen who is logged in, or another user type',
    );
  }
  if (!holder) return undefined;
  if (userType === SYSTEM) {
    if (sameIdentifier(userIdentifier, holder.userIdentifier)) return undefined;
    return refusal(
      4575,
      'UserIdentifier of a system (user type 3) against the certificate',
      `the certificate’s own: ${holder.userIdentifier}`,
      found,
      'take CVR number and UUID, FID or RID from the certificate (kontakt cert inspect shows them), or name a person by another user type',
    );
  }
  if (/^CVR:(\d{8})-/.exec(userIdentifier)?.[1] === holder.cvr) return undefined;
  return refusal(
    4575,
    `UserIdentifier of an employee (user type ${userType}) against the certificate`,
    `one of the certificate’s CVR number: CVR:${holder.cvr}-…`,
    found,
    'begin the identifier with CVR: and the certificate’s CVR number',
    'assumed',
  );
};
