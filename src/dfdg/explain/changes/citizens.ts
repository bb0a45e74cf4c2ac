// Refusals for the citizen: nobody's number, dead, subscribed.

import { controlCall } from '../../../explain/command.ts';
import type { Citizen } from '../../register/citizen.ts';
import { citizenToJson } from '../../register/json.ts';
import { A_KASSE, JOB_CENTRE, MUNICIPALITY } from '../../register/organisations.ts';
import { again, type Refused } from '../calls.ts';

const put = (citizen: Citizen, short: string): string =>
  controlCall('PUT', `/persons/dk/${citizen.id}`, citizenToJson(citizen), short);

/** A citizen with the number, of the organisation that asks. */
export const known = (refused: Refused): string => {
  const { person, parts } = refused.grounds;
  const acting = parts.find(({ part }) => part === 'acting');
  if (person === undefined) return again(refused);
  const home = {
    [A_KASSE]: { akasse: acting?.is },
    [MUNICIPALITY]: { kommune: acting?.is },
    [JOB_CENTRE]: { jobcenter: acting?.is },
  }[Number(acting?.of)];
  return controlCall('PUT', `/persons/dk/${person}`, { id: person, ...home });
};

export const alive = ({ citizen }: Refused): string | undefined =>
  citizen && put({ ...citizen, dead: false }, 'with "doed": false');

export const unsubscribed = ({ citizen }: Refused): string | undefined =>
  citizen && put({ ...citizen, subscriptions: [] }, 'with "huskeservice": []');
