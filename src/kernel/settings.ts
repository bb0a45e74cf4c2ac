// The settings of the log.

import * as z from 'zod';
import { setting } from './setting.ts';

export const logSettings = {
  log: setting(z.enum(['pretty', 'json', 'silent']), {
    value: 'pretty',
    help: 'log format: pretty, json or silent',
    option: '<format>',
  }),
};
