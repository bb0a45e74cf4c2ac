// The library over the switches: what the control interface does for a request, this does for a call.

import { makeCall } from '../control/call.ts';
import type { CertificateControl } from '../control/certificates.ts';
import type { Control, CountryControl } from '../control/control.ts';
import type { JournalControl } from '../control/journal.ts';
import type { OrganisationAdministration } from '../control/organisations.ts';
import { wholeList } from '../control/persons.ts';
import { startEmulator } from '../emulator/start.ts';
import { UserError } from '../kernel/user-error.ts';
import { PASSWORD } from '../pki/layout.ts';
import { resolveOptions } from '../settings/resolve.ts';
import type { Clock, Emulator, Journal, Persons } from './emulator.ts';
import type { EmulatorOptions } from './options.ts';
import type { Organisations, Related } from './organisations.ts';
import { generatePersons, importPersons } from './person-files.ts';
import type { Certificates, ClientCertificate } from './security.ts';

/** Octets of their own: whoever writes into them changes nothing that the emulator holds. */
const octets = (content: Uint8Array): Uint8Array => Uint8Array.from(content);

/** Runs a verb, if the emulator is still there. */
type Verb = <Result>(act: () => Result | Promise<Result>) => Promise<Result>;

const clockOver = ({ view, set }: Control['clock'], verb: Verb): Clock => ({
  read: () => verb(view),
  freeze: (at, of = 'register') => verb(() => set({ now: at instanceof Date ? at.toISOString() : at, of })),
  advance: (advance, of = 'register') => verb(() => set({ advance, of })),
  offset: (offset, of = 'register') => verb(() => set({ offset, of })),
  real: (of = 'register') => verb(() => set({ real: true, of })),
});

const journalOver = (journal: JournalControl, verb: Verb): Journal => ({
  list: ({ unmasked = false, ...asked } = {}) => verb(() => journal.list(asked, unmasked)),
  find: (exchange, { unmasked = false } = {}) => verb(() => journal.find(String(exchange), unmasked)),
  message: (exchange, side, { unmasked = false } = {}) =>
    verb(async () => octets(await journal.message(String(exchange), side, unmasked))),
  octets: (exchange, reference, { unmasked = false, side = 'request' } = {}) =>
    verb(async () => octets(await journal.octets(String(exchange), String(reference), side, unmasked))),
  clear: () => verb(journal.clear),
  subscribe: (listener, { unmasked = false } = {}) =>
    verb(() => {
      const end = journal.subscribe(listener, unmasked);
      return async () => end();
    }),
});

const personsOver = <View, Input extends { readonly id: string }>(
  { persons: { list, get, put, remove }, export: file }: CountryControl<View>,
  country: string,
  seed: Control['seed'],
  verb: Verb,
): Persons<View, Input> => ({
  list: (asked = {}) => verb(async () => wholeList(list(asked))),
  get: (id) => verb(() => get(id)),
  put: (person) => verb(() => put(person.id, person)),
  remove: (id) => verb(() => remove(id)),
  export: (format) => verb(async () => (await file(format)).text),
  import: (source, how = {}) => verb(() => importPersons(seed, country, source, how)),
});

const organisationsOver = <View extends Related, Input>(
  { list, replace, relate }: OrganisationAdministration<View>,
  verb: Verb,
): Organisations<View, Input> => ({
  list: () => verb(list),
  replace: (organisations) => verb(() => replace(organisations)),
  relate: (change) => verb(() => relate(change)),
});

const certificatesOver = (
  { list, client: filesOf, trust, make }: CertificateControl,
  verb: Verb,
): Certificates => {
  const get = async (client: string): Promise<ClientCertificate> => {
    const { name, organisation, certificatePem, keyPem, p12 } = await filesOf(client);
    return { name, organisation, certificatePem, keyPem, pkcs12: p12 && octets(p12), password: PASSWORD };
  };
  return {
    trust: () => verb(trust),
    names: () => verb(() => list().map(({ name }) => name)),
    get: (client) => verb(() => get(client)),
    make: (client, options = {}) =>
      verb(async () => {
        await make({ ...options, client });
        return get(client);
      }),
  };
};

/** Starts an emulator and puts the library over it. */
export const create = async (options: EmulatorOptions): Promise<Emulator> => {
  const running = await startEmulator(resolveOptions(options));
  const { url, tlsUrl, control, close: stop } = running;
  let closing: Promise<void> | undefined;
  const verb: Verb = async (act) => {
    if (closing) throw new UserError('the emulator is closed');
    return act();
  };
  const close = (): Promise<void> => {
    closing ??= stop();
    return closing;
  };
  const { no, dk } = control.countries;
  return {
    url,
    tlsUrl,
    clock: clockOver(control.clock, verb),
    journal: journalOver(control.journal, verb),
    persons: {
      no: {
        ...personsOver(no, 'no', control.seed, verb),
        generate: (count, seed = 0) => verb(() => generatePersons(control.seed, count, seed)),
      },
      dk: personsOver(dk, 'dk', control.seed, verb),
    },
    organisations: {
      no: organisationsOver(no.organisations, verb),
      dk: organisationsOver(dk.organisations, verb),
    },
    outbox: {
      list: (asked = {}) => verb(() => control.own(dk.own.outbox, asked)),
      remind: (reminder) => verb(() => control.own(dk.own.remind, {}, reminder)),
    },
    accessLog: { list: (asked = {}) => verb(() => control.own(dk.own.accesses, asked)) },
    certificates: certificatesOver(control.certificates, verb),
    profiles: {
      read: () => verb(control.profiles.view),
      set: (wanted) => verb(() => control.profiles.set(wanted)),
    },
    seed: (content) => verb(() => control.seed(content)),
    reset: (wanted = {}) => verb(() => control.reset(wanted)),
    call: (target, how = {}) => verb(() => makeCall(running, target, how)),
    close,
    [Symbol.asyncDispose]: close,
  };
};
