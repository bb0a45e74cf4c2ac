// Why the lookup service refused a caller: the relation that is missing, and the call that adds it; a header that cannot be read.

import type { ExplainedCause } from '../../../explain/explained.ts';
import { causeOfRule } from '../../../explain/state.ts';
import type { JournalEntry } from '../../../journal/entry.ts';
import type { Ground } from '../../../kernel/grounds.ts';
import type { Explanation } from '../../../kernel/problem.ts';
import type { Engine } from '../../../store/engine.ts';
import { rightsIn } from '../../register/organisations.ts';
import type { LookupProblem } from '../operation.ts';
import { granting } from './changes.ts';
import { RELATION_MISSING, readGround, relationIn } from './grounds.ts';

const say = (ground: Ground): string => {
  const relation = relationIn(ground);
  if (!relation) return ground.part === 'signer' ? `${ground.is} signed the request` : ground.is;
  const { organisation, service, onBehalfOf } = relation;
  return `${organisation} may ${ground.is === 'none' ? 'not ' : ''}use ${service} for ${onBehalfOf}`;
};

/** A stack that has a parameter for the header writes the block even where nobody gave it a value. */
const headerCause = ({
  expected,
  found,
  rule,
  remedy,
  basis,
  where,
  check,
}: Explanation): ExplainedCause => ({
  cause: 'delegation-header',
  certain: true,
  ...(where === undefined ? {} : { where: [where] }),
  sentence: `${check}: ${found}`,
  evidence: { expected, found },
  rule,
  basis,
  remedy,
  stacks: {
    'JAX-WS':
      'give the parameter of the header a value: your own organisation; null is sent as an empty block',
    zeep: '_soapheaders={"Oppslagstjenesten": {"PaaVegneAv": …}}, or no _soapheaders',
  },
});

const HEADER: LookupProblem['problem'] = 'oppslag.header';

/** Explains refusals of callers; an exchange that was refused otherwise has no causes here. */
export const createExplain =
  (engine: Pick<Engine, 'value'>) =>
  async (entry: JournalEntry): Promise<readonly ExplainedCause[]> => {
    const { explanation, grounds, problem, service = '', operation = '' } = entry;
    if (!explanation) return [];
    if (problem === HEADER) return [headerCause(explanation)];
    const [relation] = grounds?.parts.flatMap((part) => relationIn(part) ?? []) ?? [];
    if (!grounds || grounds.code !== RELATION_MISSING || !relation) return [];
    const rights = rightsIn(engine);
    const words = { say, read: (ground: Ground) => readGround(ground, rights) };
    const change = granting({ relation, service, operation, mayUse: rights.mayUse });
    return [causeOfRule(explanation, grounds, words, change)];
  };
