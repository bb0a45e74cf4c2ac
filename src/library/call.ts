// A call of the emulator from inside its own process: what `kontakt call` does, without asking it anything over the network.

import type { Addressee } from '../client/calls/addressee.ts';
import { isAccepted, prepareCall } from '../client/calls/calls.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { isProblem } from '../kernel/problem.ts';
import type { Call, CallOptions } from './calling.ts';

/** A running emulator, as far as a call needs it. */
interface Callable {
  readonly url: string;
  readonly tlsUrl: string;
  readonly control: Emulator['control'];
}

const first = async <View>(pages: AsyncIterable<readonly View[]>): Promise<View | undefined> => {
  for await (const [view] of pages) return view;
  return undefined;
};

const addresseeIn = ({ url, tlsUrl, control }: Callable): Addressee => ({
  url,
  tlsUrl: async () => tlsUrl,
  material: async (name) => {
    const { client, file, trust } = control.certificates;
    const [serverPem, ...crls] = await Promise.all(['server.pem', 'root.crl', 'issuing.crl'].map(file));
    return {
      ...{ client: await client(name), trustPem: await trust(), crls },
      serverPem: String(serverPem),
    };
  },
  firstPerson: async () => first(await control.countries.no.persons.list({ limit: 1 })),
  firstCitizen: async () => first(await control.countries.dk.persons.list({ limit: 1 })),
  organisations: async () => (await control.countries.dk.organisations.list()).organisations,
});

/** Only what was given. */
const given = <Options extends object>(options: Options) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Options]?: Exclude<Options[Name], undefined>;
  };

/** @throws (rejects) ConfigurationError naming the services, operations, fields or clients that there are */
export const call = async (
  emulator: Callable,
  target: string,
  { set = {}, ...options }: CallOptions,
): Promise<Call> => {
  const prepared = await prepareCall(target, { ...given(options), set, addressee: addresseeIn(emulator) });
  const received = await prepared.send();
  const { status, headers, body, answer } = received;
  const id = headers['kontakt-journal'];
  return {
    accepted: isAccepted(received),
    httpStatus: status,
    fields: isProblem(answer) ? [] : answer.fields,
    ...(isProblem(answer) ? { unbelievable: answer.explanation } : {}),
    exchange: id === undefined ? undefined : await emulator.control.journal.find(id, false),
    request: prepared.request,
    response: body,
  };
};
