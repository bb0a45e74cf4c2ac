// What the user can mend: an error whose message is one clear line, shown without a stack.

/**
 * How whoever is told names a setting, with a value where one is proposed: the command line `--port 0`, a program `port: 0`.
 */
export type Naming = (setting: string, value?: string | number) => string;

/** As a program names settings: by the member of its options. */
const asMember: Naming = (setting, value) => (value === undefined ? setting : `${setting}: ${value}`);

export class UserError extends Error {
  /** The message, its settings named as the reader names them. */
  readonly worded: (name: Naming) => string;

  /** @param text the message, or what writes it where it names settings; `message` names them as a program does */
  constructor(text: string | ((name: Naming) => string)) {
    const worded = typeof text === 'string' ? () => text : text;
    super(worded(asMember));
    this.worded = worded;
  }
}

/** A setting or an option that cannot be used; it ends the program with the exit code 2. */
export class ConfigurationError extends UserError {}
