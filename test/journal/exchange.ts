// An exchange of so many bytes, for tests of what a journal keeps.

import type { Begun } from '../../src/journal/entry.ts';
import type { Journal } from '../../src/journal/journal.ts';

const about = { method: 'POST', path: '/a', remote: '127.0.0.1' };

/** Enters one; returns its id. */
export const exchange = (
  journal: Journal,
  request: number,
  response = 0,
  more: Partial<Begun> = {},
): string => {
  const trace = journal.begin({
    ...about,
    request: { headers: {}, body: Buffer.alloc(request, 'q') },
    ...more,
  });
  trace.finished(200, { headers: {}, body: Buffer.alloc(response, 'r') });
  return trace.id;
};
