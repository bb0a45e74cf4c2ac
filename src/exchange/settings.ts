// The settings of every exchange.

import * as z from 'zod';
import { limitsSchema } from '../kernel/limits.ts';
import { flag, seconds, setting, wholeNumber } from '../kernel/setting.ts';

export const exchangeSettings = {
  workers: setting(z.union([wholeNumber.pipe(z.number().min(1).max(64)), z.literal('auto')]), {
    value: 1,
    help: 'processes that answer SOAP messages: 1 to 64, or auto for as many as there are cores; from 2 on beside the one that listens and keeps the register',
    option: '<number>',
  }),
  workerTimeout: setting(seconds, {
    value: 30,
    help: 'seconds after which a worker process that gives no sign of life is ended and replaced',
    option: '<seconds>',
  }),
  answerHeaders: setting(flag, {
    value: true,
    help: 'send the headers Kontakt-Journal and Kontakt-Warnings: on or off',
    option: '<on|off>',
  }),
  limits: setting(limitsSchema, {
    value: {},
    help: `how much one request may hold: ${Object.keys(limitsSchema.shape).join(', ')}`,
  }),
};
