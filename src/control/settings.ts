// The settings of the control interface.

import * as z from 'zod';
import { setting } from '../kernel/setting.ts';

export const controlSettings = {
  controlToken: setting(z.string().min(8).optional(), {
    help: 'token of at least 8 characters that opens the control interface beyond loopback',
    secret: true,
  }),
};
