// A call as a program around the emulator asks for it and is told of it.

import type { Exchange, Explanation } from './exchanges.ts';

/** How a call is made; what is left out is what every profile takes. */
export interface CallOptions {
  /** A client, such as `digipost`, `kommune`, `utloept`. */
  readonly as?: string | undefined;
  /** Fields of the request, by name. */
  readonly set?: Readonly<Record<string, string>> | undefined;
  /**
   * What the client does wrong on purpose, such as `body-altered`, `laid-out`, `certificate-expired`, `clock-behind` and `sent-twice`;
   * `kontakt call --help` lists all. Rejects where there is no such mistake in a call of this service.
   */
  readonly mistakes?: readonly string[] | undefined;
  /** Sends it without a signature. */
  readonly unsigned?: boolean | undefined;
  /** How the signature names its certificate. */
  readonly keyReference?: 'direct' | 'issuer-serial' | 'ski' | 'thumbprint' | undefined;
  readonly signature?: 'rsa-sha256' | 'rsa-sha1' | undefined;
  readonly digest?: 'sha256' | 'sha1' | undefined;
  /** Canonicalization. */
  readonly c14n?:
    | 'exclusive'
    | 'exclusive-with-comments'
    | 'inclusive'
    | 'inclusive-with-comments'
    | undefined;
}

/** A call and its answer. */
export interface Call {
  /** Whether the answer can be believed, and is no refusal. */
  readonly accepted: boolean;
  readonly httpStatus: number;
  /** How the answer is protected and whether that holds, in words: `decrypted, signature verified, …`. */
  readonly protection: string;
  /** The fields of the answer or of the fault, in their order. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** Why the answer cannot be believed, such as a signature that does not hold. */
  readonly unbelievable?: Explanation | undefined;
  /** What the journal says of it: why it was refused, too. Undefined where answers do not name their exchange. */
  readonly exchange?: Exchange | undefined;
  /** The message that was sent; for REST its first line, headers and body. */
  readonly request: string;
  readonly response: string;
}
