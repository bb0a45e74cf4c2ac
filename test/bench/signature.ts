// The units in which processors are compared.

import { generateKeyPairSync, sign } from 'node:crypto';
import { promisify } from 'node:util';

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

/** Asynchronous RSA-2048 signatures per second, sixteen under way: the ceiling of any signing server here. */
export const rawSignatures = async (): Promise<number> => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signAsync = promisify(sign) as (
    digest: string,
    data: Buffer,
    key: typeof privateKey,
  ) => Promise<Buffer>;
  const data = Buffer.alloc(600, 'x');
  let done = 0;
  const end = performance.now() + 3000;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (performance.now() < end) {
        await signAsync('sha256', data, privateKey);
        done += 1;
      }
    }),
  );
  return (done / (performance.now() - start)) * 1000;
};
