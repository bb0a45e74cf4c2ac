// The refusals that say only that something differs: what was done is searched for.

const searched: ReadonlySet<string | undefined> = new Set(['security.digest', 'security.signature-value']);

/** Whether a refusal, by its code, leaves open what was done to the message. */
export const isSearched = (problem: string | undefined): boolean => searched.has(problem);
