// The settings of every exchange.

import { flag, setting } from '../kernel/setting.ts';

export const exchangeSettings = {
  answerHeaders: setting(flag, {
    value: true,
    help: 'send the headers Kontakt-Journal and Kontakt-Warnings: on or off',
    option: '<on|off>',
  }),
};
