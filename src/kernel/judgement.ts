// What a message was judged by, kept so that it can be judged again in the same way.

export interface Judgement {
  /** The profile, with what the configuration changed about it. */
  readonly profile: Readonly<object>;
  /** Of trust anchors and revocation lists: the same wherever they are the same. */
  readonly trust: string;
  /** The security hand of the clock, in milliseconds since 1970. */
  readonly at: number;
}
