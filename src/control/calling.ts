// POST /_emulator/call: a call as `kontakt call` makes it, by whoever has nothing but the control interface.

import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { canonicalizationNames, digestNames, references, signatureNames } from '../client/calls/signing.ts';
import { UserError } from '../kernel/user-error.ts';
import { readBody } from './body.ts';
import type { Callable } from './call.ts';
import { ControlError } from './problem.ts';

const oneOf = <Name extends string>(names: Readonly<Record<Name, unknown>>) =>
  z.enum(Object.keys(names) as [Name, ...Name[]]).optional();

const callJson = z
  .strictObject({
    operation: z.string(),
    as: z.string().optional(),
    certificate: z.string().optional(),
    key: z.string().optional(),
    set: z.record(z.string(), z.string()).optional(),
    unsigned: z.boolean().optional(),
    keyReference: oneOf(references),
    signature: oneOf(signatureNames),
    digest: oneOf(digestNames),
    c14n: oneOf(canonicalizationNames),
    mistakes: z.array(z.string()).max(20).optional(),
    dryRun: z.boolean().optional(),
  })
  .refine(({ certificate, key }) => (certificate === undefined) === (key === undefined), {
    message: 'certificate and key together',
  });

/** What the user can mend is told; everything else is a defect of ours. */
const toldToCaller = async (calling: Promise<object>): Promise<object> => {
  try {
    return await calling;
  } catch (error) {
    if (error instanceof ControlError || !(error instanceof UserError)) throw error;
    throw new ControlError(400, error.message);
  }
};

/** Mounts it. What makes calls is loaded with the first one. */
export const mountCalling = (scope: FastifyInstance, emulator: () => Callable): void => {
  scope.get('/call', async () => (await import('../client/calls/calls.ts')).callable());
  scope.post('/call', async ({ body }) => {
    const { operation, certificate, key, dryRun, ...how } = readBody(callJson, body, 'call');
    const { makeCall, readyCall } = await import('./call.ts');
    const pasted = certificate === undefined || key === undefined ? undefined : { certificate, key };
    return toldToCaller((dryRun ? readyCall : makeCall)(emulator(), operation, how, pasted));
  });
};
