// What a caller is told where there is no answer: a SOAP fault, or a status of HTTP. Services look faces up by the problem's code.

import type { QName } from './problem.ts';

/** A faultcode that is no QName: the Danish services put a bare number there. */
export interface BareCode {
  readonly bare: string;
}

/**
 * The code of a fault. The four standard words are translated per SOAP version (`Sender` is `Client` in SOAP 1.1); a QName is
 * a code of WS-Security, a subcode in SOAP 1.2.
 */
export type FaultCode = 'VersionMismatch' | 'MustUnderstand' | 'Sender' | 'Receiver' | QName | BareCode;

/** The content of a fault's detail: one element with text fields. */
export interface FaultDetail extends QName {
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

export interface Fault {
  readonly kind: 'fault';
  readonly code: FaultCode;
  readonly text: string;
  readonly detail?: FaultDetail;
  /** Header blocks that were not understood (SOAP 1.2 §5.4.8). */
  readonly notUnderstood?: readonly QName[];
}

/** What HTTP itself refuses, by status. */
export interface HttpRefusal {
  readonly kind: 'http';
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Exactly what the caller is told: terse on purpose. */
export type Face = Fault | HttpRefusal;
