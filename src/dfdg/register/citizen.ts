// A citizen as the platform keeps it: the state that the rules decide on.

import type { History } from '../../contract/history.ts';
import { normalEmail, normalTelephone } from '../../identifiers/contact.ts';

/** 1 mobile, 2 landline, 3 e-mail [A]. */
export type ContactType = 1 | 2 | 3;
/** The types that citizens can be searched by. */
export type Searched = typeof MOBILE | typeof EMAIL;
/** 1 not verified, 2 verified, 3 invalid [A]. */
export type ContactStatus = 1 | 2 | 3;

export const MOBILE = 1;
export const LANDLINE = 2;
export const EMAIL = 3;
export const UNVERIFIED: ContactStatus = 1;
export const VERIFIED: ContactStatus = 2;

export const isContactType = (value: number): value is ContactType =>
  value === 1 || value === 2 || value === 3;
export const isContactStatus = (value: number): value is ContactStatus =>
  value === 1 || value === 2 || value === 3;

/** A verification code on its way; `expires` in milliseconds since 1970. */
export interface PendingCode {
  readonly code: string;
  readonly expires: number;
}

/** What was tried with verification codes of one type of contact data, in milliseconds since 1970, oldest first. */
export interface CodeAttempts {
  readonly type: ContactType;
  /** Wrong codes that were given. */
  readonly wrong: readonly number[];
  /** Codes that were sent. */
  readonly sent: readonly number[];
}

export interface ContactData {
  readonly type: ContactType;
  readonly value: string;
  readonly status: ContactStatus;
  readonly pending?: PendingCode;
}

/** How contact data is reached; a landline not at all, so it is never asked. */
export const toChannel = (type: ContactType): OutgoingMessage['channel'] =>
  type === MOBILE ? 'sms' : 'email';

/** A message to a citizen, as it would have been sent. */
export interface OutgoingMessage {
  readonly channel: 'sms' | 'email';
  readonly address: string;
  readonly kind: 'verification' | 'reminder';
  readonly code: string | undefined;
  readonly text: string;
}

export interface Citizen {
  /** CPR number, 10 digits. */
  readonly id: string;
  readonly cvCustomerIdentifier?: string;
  readonly dead: boolean;
  readonly formerId?: string;
  readonly municipality?: string;
  readonly jobCentre?: string;
  readonly unemploymentFund?: string;
  readonly contactData: readonly ContactData[];
  /** Kept apart from contact data and codes: whatever becomes of those, what was tried stays tried. */
  readonly attempts: readonly CodeAttempts[];
  /** Active huskeservice subscriptions. */
  readonly subscriptions: readonly string[];
  /** Messages that this change sends; they are stored with it and never loaded. */
  readonly outgoing?: readonly OutgoingMessage[];
  /** What brought it about; undefined where a version kept it that had no history. */
  readonly history?: History;
}

/** The form in which two values are the same value. */
export const comparable = (type: ContactType, value: string): string | undefined =>
  type === EMAIL ? normalEmail(value) : normalTelephone(value);

/** A citizen's data of a type. */
export const dataOf = (citizen: Citizen, type: number | undefined): ContactData | undefined =>
  citizen.contactData.find((one) => one.type === type);

/** A citizen with other data of a type, or with none. */
export const replaceData = (citizen: Citizen, type: ContactType, data: ContactData | undefined): Citizen => ({
  ...citizen,
  contactData: [...citizen.contactData.filter((one) => one.type !== type), ...(data ? [data] : [])].sort(
    (left, right) => left.type - right.type,
  ),
});
