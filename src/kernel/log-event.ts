// What is written into the log, and the log as the program knows it.

/** How something ended: well, with a refusal that is a correct answer, or with a fault. */
export type Tone = 'good' | 'refused' | 'fault';

/** An event with its data; `message` is for people. */
export interface LogEvent {
  readonly message: string;
  readonly tone?: Tone;
  /** Further lines for people, each a label and a text. */
  readonly details?: readonly (readonly [label: string, text: string])[];
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface Log {
  info(event: LogEvent): void;
  error(event: LogEvent, error?: unknown): void;
}
