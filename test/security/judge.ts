// The security of a message judged directly, stage by stage as the pipeline does it, without HTTP and register.

import { isProblem } from '../../src/kernel/problem.ts';
import { openPki, type Pki } from '../../src/pki/pki.ts';
import { takeApart } from '../../src/security/anatomy.ts';
import { profiles } from '../../src/security/profiles/profiles.ts';
import { createSignerCache } from '../../src/security/signer.ts';
import { createTrustStore } from '../../src/security/trust/trust.ts';
import { verifyMessage } from '../../src/security/verify.ts';
import { readMessage } from '../../src/soap/read.ts';
import { SOAP_1_1, SOAP_1_2 } from '../../src/soap/version.ts';
import { children, textOf } from '../../src/xml/tree.ts';

/** What a believed message asks for, or the code of the problem. */
export type Verdict =
  | { readonly accepted: true; readonly meaning: string; readonly organisation: string | undefined }
  | { readonly accepted: false; readonly problem: string };

export interface Judge {
  readonly pki: Pki;
  /** `observed` by default; nothing is remembered, so that replays are let through. */
  readonly verdict: (
    message: string | Buffer,
    now: number,
    profile?: 'observed' | 'strict',
    soap?: '1.1' | '1.2',
  ) => Verdict;
}

/** @param given the PKI that is trusted; a new one where it is left out */
export const openJudge = async (now: number, given?: Pki): Promise<Judge> => {
  const pki = given ?? (await openPki(undefined, new Date(now)));
  const signers = createSignerCache(createTrustStore([pki.trustPem], pki.crls));
  const verdict: Judge['verdict'] = (message, at, profile = 'observed', soap = '1.1') => {
    const refused = ({ problem }: { problem: string }): Verdict => ({ accepted: false, problem });
    const read = readMessage(Buffer.from(message), { version: soap === '1.1' ? SOAP_1_1 : SOAP_1_2 });
    if (isProblem(read)) return refused(read);
    using envelope = read;
    const verified = verifyMessage(takeApart(envelope, signers), profiles[profile], at);
    if (isProblem(verified)) return refused(verified);
    const { payload, signer } = verified;
    const fields = children(payload).map((field) => [field.namespaceUri, field.name, textOf(field)]);
    const meaning = JSON.stringify([payload.namespaceUri, payload.name, fields]);
    return { accepted: true, meaning, organisation: signer?.organisation };
  };
  return { pki, verdict };
};
