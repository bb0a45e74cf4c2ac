// How the service tells what it refuses by itself.

import type { Fault } from '../../kernel/face.ts';
import type { Faces } from '../../soap/service.ts';
import type { LookupProblem } from './operation.ts';

const sender = (text: string): Fault => ({ kind: 'fault', code: 'Sender', text });

export const faces: Faces<LookupProblem> = {
  own: (problem) => ({
    face: sender(problem.problem === 'oppslag.access' ? problem.text : 'Validation error'),
  }),
  shared: (_problem, usual) => ({ face: usual }),
};
