// What befalls a citizen in the stream: contact data is saved, a code is sent, and the code is used; each call by its step.

import type { Agent } from 'node:http';
import { writeDanishRequest } from '../../src/client/danish.ts';
import { actors, operationOf, services } from '../dfdg/calling.ts';
import type { Dice } from '../dice.ts';
import { BASE, EMAIL } from '../rest/client.ts';
import { type Answer, post } from './load.ts';

/** `stranger` names an organisation that there is not, `spoilt` an address that is none. */
export type Step = 'stranger' | 'spoilt' | 'save' | 'code' | 'verify' | 'verify again';

export interface Story {
  readonly citizen: string;
  readonly address: string;
  readonly client: 'kommune' | 'jobcenter';
  /** How contact data is saved. */
  readonly over: 'soap' | 'rest';
  readonly steps: readonly Step[];
}

export const makeStory = (citizen: string, dice: Dice): Story => ({
  citizen,
  address: `of-${citizen}@example.dk`,
  client: dice.pick(['kommune', 'jobcenter']),
  over: dice.pick(['soap', 'rest']),
  steps: [
    ...(dice.once(4) ? (['stranger'] as const) : []),
    ...(dice.once(4) ? (['spoilt'] as const) : []),
    'save',
    'code',
    'verify',
  ],
});

/** Whether a step goes over SOAP. */
const isSoap = ({ over }: Story, step: Step): boolean =>
  step === 'stranger' || ((step === 'spoilt' || step === 'save') && over === 'soap');

/** Whether a step has an x-requestId, and so is done once. */
export const isOnce = (story: Story, step: Step): boolean => !isSoap(story, step);

/** A call as the access log tells of it. */
export interface Logged {
  readonly service: string;
  readonly operation: string;
  /** Null where the call was refused before anybody was looked for. */
  readonly citizen: string | null;
  readonly result: string;
}

/** The row of a step that was told what its step is told the first time. */
export const loggedAs = (story: Story, step: Step): Logged => {
  const service = isSoap(story, step) ? 'reminder' : 'rest';
  const { citizen } = story;
  const save = { service, operation: 'SavePersonContactData', citizen };
  const verify = { service, operation: 'VerifyPersonContactData', citizen };
  switch (step) {
    case 'stranger':
      return { ...save, citizen: null, result: '8173' };
    case 'spoilt':
      return { ...save, result: '9158' };
    case 'save':
      return { ...save, result: 'OK' };
    case 'code':
      return { service, operation: 'GetVerificationCode', citizen, result: 'OK' };
    case 'verify':
      return { ...verify, result: 'OK' };
    case 'verify again':
      return { ...verify, result: '9247' };
  }
};

/** The row of a step whose x-requestId was used before. */
export const loggedAsRepeated = (story: Story, step: Step): Logged => ({
  ...loggedAs(story, step),
  citizen: null,
  result: 'HTTP 412',
});

/** What an answer says: the code of the contract, the HTTP status where it has none, or OK. */
export const resultIn = ({ status, text }: Answer): string => {
  const code = /FEJL_(\d+)|"fejlkode":(\d+)/.exec(text);
  return code?.[1] ?? code?.[2] ?? (status === 200 ? 'OK' : `HTTP ${status}`);
};

/** The number of a call in the access log, where the answer tells it. */
export const referenceIn = ({ text }: Answer): string | undefined =>
  /ServiceRequestLogReferenceIdentifier(?:>|":")([\da-f-]{36})/i.exec(text)?.[1];

export const codeIn = ({ text }: Answer): string | undefined => /"verifikationskode":"(\d+)"/.exec(text)?.[1];

const PATHS = { code: `${BASE}/verifikationskode`, verify: `${BASE}/verificering`, save: BASE } as const;

const restBody = ({ address }: Story, step: Step, code: string): [path: string, body: object] => {
  switch (step) {
    case 'code':
      return [PATHS.code, { kontaktdataType: EMAIL }];
    case 'verify':
    case 'verify again':
      return [PATHS.verify, { kontaktdataType: EMAIL, verifikationskode: code }];
    default: {
      const kontaktdata = step === 'spoilt' ? 'no address' : address;
      return [PATHS.save, [{ kontaktdataType: EMAIL, kontaktdata }]];
    }
  }
};

/** An agent for each client. */
export type Agents = Readonly<Record<Story['client'], Agent>>;

const save = operationOf('reminder', 'SavePersonContactData');

/** Makes the call of a step, and always the same one; undefined where the connection died before the answer was whole. */
export const call = (
  url: string,
  agents: Agents,
  story: Story,
  step: Step,
  code: string,
): Promise<Answer | undefined> => {
  const { citizen, client, address } = story;
  const agent = agents[client];
  if (isSoap(story, step)) {
    const actor = actors[client];
    const values = {
      PersonCivilRegistrationIdentifier: citizen,
      PersonContactData: step === 'spoilt' ? 'no address' : address,
      PersonContactDataTypeIdentifier: String(EMAIL),
    };
    const claimed = step === 'stranger' ? { ...actor, organisationType: '99' } : actor;
    const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' };
    const envelope = writeDanishRequest(services.reminder, save, values, claimed, Date.now());
    return post(`${url}${services.reminder.paths[0] ?? ''}`, { agent, headers }, envelope);
  }
  const [path, body] = restBody(story, step, code);
  const headers = {
    'content-type': 'application/json',
    'x-civilregistrationIdentifier': citizen,
    'x-requestId': `${step} ${citizen}`,
  };
  return post(`${url}${path}`, { agent, headers }, JSON.stringify(body));
};
