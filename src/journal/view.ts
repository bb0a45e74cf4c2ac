// The journal as others may see it: in JSON, person numbers masked unless they were asked for.

import type { JournalSummary } from './archive.ts';
import type { JournalMessage } from './entry.ts';
import { maskMessage, maskText } from './mask.ts';

/** The same value with the person numbers of all its texts masked: a copy only of what holds one. */
const maskValues = <Value>(value: Value): Value => {
  if (typeof value === 'string') return maskText(value) as Value;
  if (Array.isArray(value)) return value.map(maskValues) as Value;
  if (typeof value !== 'object' || value === null) return value;
  let masked: Value | undefined;
  for (const key of Object.keys(value) as (keyof Value)[]) {
    const one = maskValues(value[key]);
    if (one === value[key]) continue;
    masked ??= { ...value };
    masked[key] = one;
  }
  return masked ?? value;
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
