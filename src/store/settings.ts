// The settings of the register: where it lies, what it begins with, what survives.

import * as z from 'zod';
import { flag, seconds, setting, wholeNumber } from '../kernel/setting.ts';
import { isAddress, shownAddress } from './address.ts';

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
  store: setting(z.string().refine(isAddress).optional(), {
    help: 'PostgreSQL database that the register is kept in, by its URL: several emulators may share it; by default register.db in the data directory',
    option: '<url>',
    shown: shownAddress,
  }),
  storeConnections: setting(wholeNumber.pipe(z.number().min(2).max(1000)), {
    value: 5,
    help: 'connections to PostgreSQL at most; 2 to 1000',
    option: '<number>',
  }),
  storeTimeout: setting(seconds, {
    value: 3,
    help: 'seconds that an answer of PostgreSQL is waited for',
    option: '<seconds>',
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
