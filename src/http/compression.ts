// Answers compressed for whoever asks for it (RFC 9110 §12.5.3).

import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { WireAnswer } from './wire.ts';

const gzipAsync = promisify(gzip);

/** Whether an Accept-Encoding takes gzip: by its name, or by `*` where it is not named; a weight of 0 takes nothing. */
export const takesGzip = (accepted: string | undefined): boolean => {
  const weights = new Map(
    (accepted ?? '').split(',').map((item): [string, number] => {
      const [coding = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((one) => /^q\s*=/.test(one))?.replace(/^q\s*=\s*/, '');
      return [coding, weight === undefined ? 1 : Number(weight)];
    }),
  );
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0;
};

/** @param accepted the request's Accept-Encoding */
export const compress = async (answer: WireAnswer, accepted: string | undefined): Promise<WireAnswer> => {
  const headers = { ...answer.headers, vary: 'accept-encoding' };
  if (!takesGzip(accepted) || answer.body.length === 0) return { ...answer, headers };
  const body = await gzipAsync(answer.body, { level: constants.Z_BEST_SPEED });
  return { ...answer, headers: { ...headers, 'content-encoding': 'gzip' }, body };
};
