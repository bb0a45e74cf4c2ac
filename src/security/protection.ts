// WS-Security as the protection of a service, by profile: requests verified, answers signed and perhaps encrypted.

import type { Clock } from '../kernel/clock.ts';
import { isProblem, type Problem, type QName } from '../kernel/problem.ts';
import { composePlain } from '../soap/compose.ts';
import type { Protection } from '../soap/protection.ts';
import type { Caller } from '../soap/service.ts';
import { wsse } from '../xml/names.ts';
import { takeApart } from './anatomy.ts';
import { warnOfRecipient } from './answers/recipient.ts';
import type { AnswerSigner } from './answers/sign.ts';
import { claimsIn } from './claims.ts';
import { replayed } from './once.ts';
import type { SecurityProblem } from './problems.ts';
import type { Profile } from './profiles/profile.ts';
import type { SignerCache } from './signer.ts';
import type { TrustStore } from './trust/trust.ts';
import { verifyMessage } from './verify.ts';

/** What all services that are protected by WS-Security share. */
export interface SecurityMaterial {
  readonly clock: Clock;
  readonly trust: Pick<TrustStore, 'revision'>;
  readonly signers: SignerCache;
  readonly answerSigner: AnswerSigner;
}

/**
 * @param profileNow the profile at this moment; each message is judged and answered by one
 * @param processed the header blocks, besides Security, that the service takes notice of
 */
export const createWsSecurity = (
  profileNow: () => Profile,
  processed: readonly QName[],
  { clock, trust, signers, answerSigner }: SecurityMaterial,
): Protection<Caller, Problem<SecurityProblem>> => ({
  name: () => profileNow().name,
  first: false,
  understood: [{ namespace: wsse.uri, name: 'Security' }],
  claims: (_peer, envelope) => (envelope ? claimsIn(envelope) : {}),
  judgement: () => ({ profile: profileNow(), trust: trust.revision, at: clock.now('security') }),
  admit: (envelope) => {
    const profile = profileNow();
    const now = clock.now('security');
    const verified = verifyMessage(takeApart(envelope, signers, { processed }), profile, now);
    if (isProblem(verified)) return verified;
    const { payload, signer, signatureValue, once, warnings } = verified;
    const caller = signer
      ? {
          organisation: signer.organisation,
          subject: signer.certificate.subject,
          fingerprint: signer.certificate.x509.fingerprint256,
        }
      : { organisation: undefined };
    // What the answer needs of the request is kept here; the request's tree is gone by then.
    const request = { signatureValue, certificate: signer?.certificate };
    return {
      payload,
      caller,
      warnings: [...warnings, ...warnOfRecipient(profile.answer, signer?.certificate)],
      once: once && { ...once, now, seen: replayed(once.until) },
      protect: async (answer, version) =>
        profile.answer.signed
          ? answerSigner.sign(answer, version, clock.now('security'), profile.answer, request)
          : Buffer.from(composePlain(answer, version)),
    };
  },
});
