// What of a register led to a refusal: data that the journal keeps, with what brought each state about.

/** What brought a state about. */
export interface Origin {
  /** The register hand of the clock, in milliseconds since 1970. */
  readonly at: number;
  /** The operation of an exchange; `seed`, or `control` for a call of the control interface. */
  readonly means: string;
  /** The number of the exchange; undefined where it was none. */
  readonly exchange?: number | undefined;
  /** The organisation that called; undefined where nobody vouches for one. */
  readonly caller?: string | undefined;
}

/** A state as a decision found it. */
export interface Ground {
  /** What it is the state of, in a word of the contract's own: `mailbox`. */
  readonly part: string;
  /** Which, where there are several of them: the number of a provider. */
  readonly of?: string;
  readonly is: string;
  /** Undefined: nobody knows. */
  readonly by?: Origin | undefined;
}

/** What a refusal went by. */
export interface Grounds {
  /** The contract's own code of the refusal. */
  readonly code: string;
  /** The register hand of the clock, in milliseconds since 1970. */
  readonly at: number;
  /** The number of the person that the request was about, where it is one. */
  readonly person?: string | undefined;
  readonly parts: readonly Ground[];
}
