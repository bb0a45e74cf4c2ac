// Who may use the control interface: loopback without a token, everybody else with it, web pages never.

import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { ControlError } from './problem.ts';

export const isLoopback = (address: string): boolean =>
  address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);

const sameSecret = (left: string, right: string): boolean =>
  timingSafeEqual(hash('sha256', left, 'buffer'), hash('sha256', right, 'buffer'));

const LOOPBACK_NAMES = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i;

export interface AccessRule {
  /** What opens the interface beyond loopback; undefined: nothing does. */
  readonly token: string | undefined;
  /** The address that is listened on. */
  readonly host: string;
}

/** @throws ControlError 401 or 403 */
export const checkAccess = (request: FastifyRequest, { token, host: listening }: AccessRule): void => {
  const { origin, host = '', authorization } = request.headers;
  // A page of another site must not reset somebody's emulator through their browser.
  if (origin !== undefined && origin !== `${request.protocol}://${host}`) {
    throw new ControlError(
      403,
      `the control interface takes no requests from pages of ${origin.slice(0, 100)}`,
    );
  }
  const given = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
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
  if (LOOPBACK_NAMES.test(host) || host.replace(/:\d+$/, '') === listening) return;
  throw new ControlError(403, 'without a token, ask at localhost, 127.0.0.1 or [::1]');
};
