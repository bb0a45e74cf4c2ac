// Refusals of a caller: the relation or the organisation that is missing, or the call as the client itself makes it.

import { controlCall } from '../../../explain/command.ts';
import { citizenToJson } from '../../register/json.ts';
import { A_KASSE, JOB_CENTRE, MUNICIPALITY } from '../../register/organisations.ts';
import { again, againAsAnother, type Refused } from '../calls.ts';

/** The relation that is missing, or the organisation with one; else who calls was wrong: the client calls as itself. */
export const refusedCaller = (refused: Refused): string => {
  const { grounds, organisations, cvr } = refused;
  const missing = grounds.parts.find(
    ({ part, is }) => is === 'none' && /^(?:organisation|relation)$/.test(part),
  );
  const { part, of = '' } = missing ?? {};
  if (part === 'relation') {
    const [holder = '', type, named = ''] = of.split(' ');
    // A CVR number is taken for the code of its organisation too.
    const acting = organisations.organisations.find(
      (one) => one.type === Number(type) && (one.code === named || one.cvr === named),
    );
    const relation = { cvr: holder, type: Number(type), code: acting?.code ?? named };
    return controlCall('POST', '/relations?country=dk', { add: [relation] });
  }
  if (part === 'organisation' && cvr !== undefined) {
    const [type, code = ''] = of.split(' ');
    const relation = { cvr, type: Number(type), code };
    return controlCall(
      'PUT',
      '/organisations?country=dk',
      {
        organisations: [...organisations.organisations, { ...relation, name: '' }],
        relations: [...organisations.relations, relation],
      },
      `with ${JSON.stringify(relation)} among the organisations and the relations`,
    );
  }
  return grounds.parts.some(({ part: one }) => one === 'organisation of')
    ? againAsAnother(refused)
    : again(refused);
};

const HOMES: Readonly<Record<number, 'akasse' | 'kommune' | 'jobcenter'>> = {
  [A_KASSE]: 'akasse',
  [MUNICIPALITY]: 'kommune',
  [JOB_CENTRE]: 'jobcenter',
};

/** The citizen of another organisation becomes the caller's; a citizen who calls for another calls as a system. */
export const notTheirs = (refused: Refused): string | undefined => {
  const { grounds, citizen } = refused;
  const acting = grounds.parts.find(({ part }) => part === 'acting');
  const home = HOMES[Number(acting?.of)];
  const own = grounds.parts.find(({ part }) => part === 'home')?.is === acting?.is;
  if (!citizen || !acting || home === undefined || own) return again(refused);
  return controlCall(
    'PUT',
    `/persons/dk/${citizen.id}`,
    { ...citizenToJson(citizen), [home]: acting.is },
    `with "${home}": "${acting.is}"`,
  );
};
