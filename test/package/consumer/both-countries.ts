// A program in TypeScript that uses the package; it is compiled, not run.

import { createEmulator, type Emulator, type EmulatorOptions, type Person } from 'kontakt-emulator';

const options: EmulatorOptions = { port: 0, tlsPort: 0, inMemory: true, log: 'silent' };

export const reserve = async (emulator: Emulator, id: string): Promise<Person> =>
  emulator.persons.no.put({ ...(await emulator.persons.no.get(id)), reservert: true });

export const main = async (): Promise<void> => {
  const emulator = await createEmulator(options);
  const octets: Uint8Array = await emulator.journal.message(1, 'request');
  const { pkcs12 }: { readonly pkcs12: Uint8Array | undefined } = await emulator.certificates.get('digipost');
  const [sent] = await emulator.outbox.list({ limit: 1 });
  const code: string | null | undefined = sent?.code;
  void [octets, pkcs12, code];
  // @ts-expect-error there is no such member
  void emulator.pki;
  // @ts-expect-error a port is a number
  await createEmulator({ port: '0' });
  await emulator[Symbol.asyncDispose]();
};
