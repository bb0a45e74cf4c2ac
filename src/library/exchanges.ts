// What happened: exchanges of the journal, messages to citizens, calls in the access log.

/** Why something was refused, or let pass all the same: what a person needs to mend the message. */
export interface Explanation {
  /** What was checked. */
  readonly check: string;
  readonly expected: string;
  readonly found: string;
  /** Where the rule is written. */
  readonly rule: string;
  /** What to change in the client. */
  readonly remedy: string;
  /** How well it is known. */
  readonly basis: 'documented' | 'observed' | 'assumed';
  /** The element that it is about, by local names: `/Envelope/Body/a[2]`. */
  readonly where?: string | undefined;
  /** The line of the message, from 1, where no element can be named. */
  readonly line?: number | undefined;
  /** Which of the mistakes it is that the code stands for: `self-signed`; left out where there is only one. */
  readonly kind?: string | undefined;
}

/** Whether person numbers are shown as they are. By default they are masked. */
export interface Unmasked {
  readonly unmasked?: boolean | undefined;
}

/** Of which message of an exchange; by default of the request. */
export interface OctetsAsked extends Unmasked {
  readonly side?: 'request' | 'response' | undefined;
}

/** What was let pass although the documented rules would have refused it. */
export interface Warning {
  readonly problem: string;
  readonly explanation: Explanation;
}

/** One exchange; what is not known of it is left out. */
export interface Exchange {
  readonly id: string;
  /** Runs on after a restart. */
  readonly number: number;
  /** ISO 8601, by the security hand of the clock. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly remote: string;
  readonly service?: string | undefined;
  /** The security profile. */
  readonly profile?: string | undefined;
  readonly operation?: string | undefined;
  /** The code on the wire: `OK`, `FEILET ALLEREDE_AKTIV`. */
  readonly result?: string | undefined;
  /** The organisation number of the caller’s certificate. */
  readonly organisation?: string | undefined;
  readonly subject?: string | undefined;
  /** The SHA-256 fingerprint of the caller’s certificate. */
  readonly fingerprint?: string | undefined;
  /** The caller’s name among {@link Certificates.names}. */
  readonly name?: string | undefined;
  /** True where nothing vouches for who called. */
  readonly claimed?: true | undefined;
  /** The code of the problem, such as `security.replay`, where it was refused by a fault or by HTTP. */
  readonly problem?: string | undefined;
  readonly fault?: string | undefined;
  /** Why it was refused. */
  readonly explanation?: Explanation | undefined;
  readonly warnings: readonly Warning[];
  readonly httpStatus: number;
  /** Milliseconds. */
  readonly duration: number;
  /** Milliseconds by stage. */
  readonly stages: Readonly<Record<string, number>>;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** What it was judged by: the time, and the revision of trust anchors and revocation lists. */
  readonly judged?: { readonly at: string; readonly trust: string } | undefined;
}

/** A message as a Danish citizen would have received it. */
export interface Message {
  readonly channel: 'sms' | 'email';
  readonly address: string;
  readonly kind: 'verification' | 'reminder';
  readonly text: string;
}

/** A message in the outbox. */
export interface OutboxMessage extends Message {
  readonly id: number;
  /** ISO 8601, by the register’s hand of the clock. */
  readonly at: string;
  /** CPR number. */
  readonly citizen: string;
  /** The verification code; null in a reminder. */
  readonly code: string | null;
}

/** A call of a Danish service; null is what is not known. */
export interface Access {
  readonly id: number;
  /** ISO 8601, by the register’s hand of the clock. */
  readonly at: string;
  /** The ServiceRequestLogReferenceIdentifier of the answer. */
  readonly reference: string;
  /** The number of the exchange in the journal. */
  readonly exchange: number | null;
  readonly service: string;
  readonly operation: string | null;
  /** CPR number. */
  readonly citizen: string | null;
  /** Of the certificate. */
  readonly cvr: string | null;
  readonly organisationType: number | null;
  readonly organisationCode: string | null;
  readonly userType: number | null;
  readonly user: string | null;
  /** Whether who called is only what the call said of itself. */
  readonly claimed: boolean;
  readonly result: string;
}
