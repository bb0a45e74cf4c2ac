// What the configuration changes about a profile for one service: single numbers, and whether answers are encrypted.

import { encryption } from '../algorithms.ts';
import type { AnswerProtection, Encryption, Line, LineBasis, Profile } from './profile.ts';

/** Whether answers are encrypted: as the real service did, never, as the profile says, or with this cipher. */
export type AnswerEncryption =
  | 'service'
  | 'off'
  | 'profile'
  | 'aes128-cbc'
  | 'aes256-cbc'
  | 'aes128-gcm'
  | 'aes256-gcm';

const CIPHERS: Readonly<Record<Exclude<AnswerEncryption, 'service' | 'off' | 'profile'>, string>> = {
  'aes128-cbc': encryption.aes128Cbc,
  'aes256-cbc': encryption.aes256Cbc,
  'aes128-gcm': encryption.aes128Gcm,
  'aes256-gcm': encryption.aes256Gcm,
};

/** What the configuration may change about any profile. */
export interface ProfileOverrides {
  readonly maxLifetime?: number | undefined;
  readonly skew?: number | undefined;
  readonly replay: boolean;
  readonly answerEncryption: AnswerEncryption;
}

const chooseEncryption = (
  answer: AnswerProtection,
  wanted: AnswerEncryption,
  byService: boolean,
): Encryption | undefined => {
  const { encryption: own, signed } = answer;
  if (wanted === 'off' || !signed) return undefined;
  if (wanted === 'service') return byService || own?.everywhere ? own : undefined;
  if (wanted === 'profile') return own;
  return {
    content: CIPHERS[wanted],
    keyTransport: own?.keyTransport ?? encryption.rsaOaep,
    everywhere: true,
  };
};

/** @param byService whether the real counterpart of the service encrypted its answers */
export const tuneProfile = (
  profile: Profile,
  { maxLifetime, skew, replay, answerEncryption }: ProfileOverrides,
  byService: boolean,
): Profile => {
  const { timestamp, answer, bases } = profile;
  const chosen = chooseEncryption(answer, answerEncryption, byService);
  const configured = (line: Line, is: boolean): Partial<Record<Line, LineBasis>> =>
    is ? { [line]: 'configured' } : {};
  return {
    ...profile,
    timestamp: {
      ...timestamp,
      maxLifetime: maxLifetime ?? timestamp.maxLifetime,
      skew: skew ?? timestamp.skew,
    },
    replay: profile.replay && replay,
    answer: { ...answer, encryption: chosen },
    bases: {
      ...bases,
      ...configured('Timestamp lifetime', maxLifetime !== undefined),
      ...configured('clock skew', skew !== undefined),
      ...configured('replay', !replay),
      // A service whose security policy was never published is assumed not to encrypt.
      ...(answerEncryption === 'service' && !byService && bases['answer encryption'] !== 'configured'
        ? { 'answer encryption': 'assumed' as const }
        : {}),
      ...configured('answer encryption', answerEncryption !== 'service'),
    },
  };
};
