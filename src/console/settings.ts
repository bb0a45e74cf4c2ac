// The switch that leaves the console out.

import { flag, setting } from '../kernel/setting.ts';

export const consoleSettings = {
  console: setting(flag, {
    value: true,
    help: 'whether browsers get the console at the address of the http listener: on or off',
    option: '<on|off>',
  }),
};
