// What the control interface answers, as tests read it.

import assert from 'node:assert/strict';
import type { ControlReply } from '../running.ts';

export interface PersonView {
  readonly id: string;
  readonly status: string;
  readonly postkasser: readonly { readonly leverandoer: string; readonly aktiv: boolean }[];
}

/** An RFC 9457 problem with this status. */
export const assertProblem = ({ http, type, json }: ControlReply, status: number, detail: RegExp): void => {
  assert.equal(http, status, JSON.stringify(json));
  assert.match(type, /^application\/problem\+json/);
  const problem = json as { status: number; title: string; type: string; detail: string };
  assert.equal(problem.status, status);
  assert.equal(problem.type, 'about:blank');
  assert.ok(problem.title.length > 0);
  assert.match(problem.detail, detail);
};
