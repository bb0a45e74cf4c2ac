// The settings of the Norwegian services.

import * as z from 'zod';
import { flag, setting } from '../kernel/setting.ts';

export const norwegianSettings = {
  displace: setting(flag, {
    value: false,
    help: 'choosing a mailbox displaces another provider’s active one: on or off',
    option: '',
  }),
  mailboxCertificate: setting(z.enum(['parse', 'chain']), {
    value: 'parse',
    help: 'what x509Sertifikat must be: within validity (parse), or of a trusted chain too (chain)',
    option: '<demand>',
  }),
};
