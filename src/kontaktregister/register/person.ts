// A person as the register keeps it: the state that the rules decide on.

import type { History } from '../../contract/history.ts';

/** A way to reach a person; times in milliseconds since 1970. */
export interface Channel {
  readonly value: string;
  readonly updated?: number;
  readonly verified?: number;
}

/** Mailbox information with one provider. */
export interface Mailbox {
  /** The provider's organisation number. */
  readonly provider: string;
  readonly address: string;
  /** DER. */
  readonly certificate?: Buffer;
  readonly active: boolean;
}

/** Why a person is SLETTET. */
export const deletionCauses = [
  'Selvvalgt',
  'Død',
  'Utgått',
  'UtgåttTest',
  'NyIdentitet',
  'Forsvunnet',
] as const;
export type DeletionCause = (typeof deletionCauses)[number];

export interface Person {
  /** personidentifikator, 11 digits. */
  readonly id: string;
  readonly status: 'AKTIV' | 'SLETTET';
  readonly deletionCause?: DeletionCause;
  readonly reserved: boolean;
  readonly mobile?: Channel;
  readonly email?: Channel;
  readonly mailboxes: readonly Mailbox[];
  /** What brought it about; undefined where a version kept it that had no history. */
  readonly history?: History;
}
