// The settings of the register: where it lies, what it begins with, what survives.

import * as z from 'zod';
import { flag, setting } from '../kernel/setting.ts';

export const storeSettings = {
  data: setting(z.string().min(1), {
    value: '.kontakt',
    help: 'data directory: register and, unless --pki names another folder, certificates',
    option: '<folder>',
  }),
  inMemory: setting(flag, {
    value: false,
    help: 'keep the register in memory; certificates lie in the user’s cache',
    option: '',
  }),
  seed: setting(
    z.union([
      z.literal(false),
      z.enum(['off', 'false', 'no', '0']).transform((): false => false),
      z.string().min(1),
    ]),
    {
      value: 'standard',
      help: 'seed of a new register: a file, or off for one without persons',
      option: '<file>',
    },
  ),
  durability: setting(z.enum(['crash', 'power']), {
    value: 'crash',
    help: 'an acknowledged change survives the death of the process (crash) or of the machine (power)',
    option: '<level>',
  }),
};
