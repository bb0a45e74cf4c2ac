// The first thing that a schema found wrong in JSON, for one line.

import type { z } from 'zod';

/** The place and the complaint of the first issue. */
export const firstIssue = ({ issues }: z.ZodError): string => {
  const [issue] = issues;
  return issue ? `${issue.path.join('.') || 'the whole'}: ${issue.message}` : 'not as expected';
};
