// What the user can mend: an error whose message is one clear line, shown without a stack.

export class UserError extends Error {}

/** A setting or an option that cannot be used; it ends the program with the exit code 2. */
export class ConfigurationError extends UserError {}
