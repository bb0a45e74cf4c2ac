// What the user can mend: an error whose message is one clear line, shown without a stack.

export class UserError extends Error {}
