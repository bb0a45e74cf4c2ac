// The settings of the test PKI: where its certificates lie.

import { z } from 'zod';
import { setting } from '../kernel/setting.ts';

export const pkiSettings = {
  pki: setting(z.string().min(1).optional(), {
    help: 'folder of the certificates, which several emulators may share; by default pki in the data directory, or where everything is kept in memory one in the user’s cache; new makes them afresh in memory',
    option: '<folder>',
  }),
};
