// The settings of the listeners.

import { isIP } from 'node:net';
import * as z from 'zod';
import { list, seconds, setting, wholeNumber } from '../kernel/setting.ts';

const port = wholeNumber.pipe(z.number().min(0).max(65535));
/** A name or an address as it stands in a Host header, without its port. */
const hostName = z
  .string()
  .regex(/^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$|^\[?[0-9A-Fa-f]*:[0-9A-Fa-f:.]+\]?$/);

/** The same as it stands in a certificate: an address without brackets. */
const certifiedName = hostName
  .transform((name) => name.replace(/^\[|\]$/g, ''))
  .refine((name) => !name.includes(':') || isIP(name) !== 0);

export const httpSettings = {
  port: setting(port, {
    value: 8080,
    help: 'port of the http listener; 0 picks a free one',
    option: '<number>',
  }),
  tlsPort: setting(port, {
    value: 8443,
    help: 'port of the https listener; 0 picks a free one',
    option: '<number>',
  }),
  host: setting(z.string().min(1), {
    value: '127.0.0.1',
    help: 'address to listen on',
    option: '<address>',
  }),
  publicUrl: setting(z.url().optional(), {
    help: 'address in the served WSDL; by default the one it was asked at',
    option: '<url>',
  }),
  allowHost: setting(list.pipe(z.array(hostName)), {
    value: [],
    help: 'further names, without port, by which the control interface may be asked, and services under the profile none',
    option: '<name...>',
  }),
  tlsName: setting(list.pipe(z.array(certifiedName)), {
    value: [],
    help: 'further names and addresses that the emulator’s own certificate is good for, and by which it may be asked: such as its name in a compose file',
    option: '<name...>',
  }),
  // Longer than the minute after which most proxies and pools give up an idle connection: who closes first should be the
  // one that sends the next request.
  keepAlive: setting(seconds, {
    value: 72,
    help: 'seconds that an idle connection is kept for the next request',
    option: '<seconds>',
  }),
};
