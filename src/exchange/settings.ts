// The settings of every exchange.

import { limitsSchema } from '../kernel/limits.ts';
import { flag, setting } from '../kernel/setting.ts';

export const exchangeSettings = {
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
