// Who may use the control interface: loopback without a token, everybody else with it, web pages never.

import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { HostRule } from '../http/host.ts';
import { addressed } from '../http/request.ts';
import { ControlError } from './problem.ts';

export const isLoopback = (address: string): boolean =>
  address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);

const sameSecret = (left: string, right: string): boolean =>
  timingSafeEqual(hash('sha256', left, 'buffer'), hash('sha256', right, 'buffer'));

export interface AccessRule {
  /** What opens the interface beyond loopback; undefined: nothing does. */
  readonly token: string | undefined;
  /** By which names it may be asked without a token, and from which pages. */
  readonly hosts: HostRule;
}

/** @throws ControlError 401 or 403 */
export const checkAccess = (request: FastifyRequest, { token, hosts }: AccessRule): void => {
  const where = addressed(request);
  // A page of another site must not reset somebody's emulator through their browser.
  const page = hosts.origin(where);
  if (page)
    throw new ControlError(403, `the control interface takes no requests from pages of ${page.found}`);
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token !== undefined && given !== undefined && sameSecret(given, token)) return;
  if (!isLoopback(request.ip)) {
    throw token === undefined
      ? new ControlError(
          403,
          'from here the control interface needs a token; start with KONTAKT_CONTROL_TOKEN set',
        )
      : new ControlError(401, 'send Authorization: Bearer with the value of KONTAKT_CONTROL_TOKEN');
  }
  // Nor through a name of that site's own that suddenly resolves to this machine.
  const name = hosts.all(where);
  if (name)
    throw new ControlError(403, `Host: expected ${name.expected}; found ${name.found}; ${name.remedy}`);
};
