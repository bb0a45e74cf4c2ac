// The settings of the listeners.

import { z } from 'zod';
import { setting, wholeNumber } from '../kernel/setting.ts';

const port = wholeNumber.pipe(z.number().min(0).max(65535));

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
};
