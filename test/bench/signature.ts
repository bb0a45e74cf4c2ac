// The unit in which processors are compared.

import { generateKeyPairSync, sign } from 'node:crypto';

/** One synchronous RSA-2048 signature with SHA-256, in milliseconds of this processor. */
export const oneSignature = (): number => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const content = Buffer.alloc(600, 'x');
  for (let warm = 0; warm < 200; warm += 1) sign('sha256', content, privateKey);
  const count = 2000;
  const { user, system } = process.cpuUsage();
  for (let made = 0; made < count; made += 1) sign('sha256', content, privateKey);
  const after = process.cpuUsage();
  return (after.user + after.system - user - system) / 1000 / count;
};
