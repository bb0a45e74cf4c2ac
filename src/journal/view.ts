// The journal as others may see it: in JSON, person numbers masked unless they were asked for.

import type { JournalSummary } from './archive.ts';
import type { JournalMessage } from './entry.ts';
import { maskMessage, maskText } from './mask.ts';

/** The same value with the person numbers of all its texts masked. */
const maskValues = <Value>(value: Value): Value => {
  if (typeof value === 'string') return maskText(value) as Value;
  if (Array.isArray(value)) return value.map(maskValues) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, maskValues(one)])) as Value;
};

/** An entry without its messages, and without what its explanation tells in words. */
export const viewEntry = (summary: JournalSummary, unmasked: boolean) => {
  const { at, judged, grounds: _, ...rest } = summary;
  const view = {
    ...rest,
    at: new Date(at).toISOString(),
    ...(judged ? { judged: { at: new Date(judged.at).toISOString(), trust: judged.trust } } : {}),
  };
  return unmasked ? view : maskValues(view);
};

/** The bytes of one side; masking rewrites them as UTF-8 text. */
export const viewMessage = ({ body }: JournalMessage, unmasked: boolean): Buffer =>
  unmasked ? body : maskMessage(body);
