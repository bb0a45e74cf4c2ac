// kontakt call.

import type { Command } from 'commander';
import type { CallOptions } from '../../client/calls/target.ts';
import { countryList } from '../../country-list.ts';
import { brief } from '../../kernel/brief.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import { type MaterialFlags, materialOptions, onMaterial, onSigning } from '../client-options.ts';
import { print } from '../print.ts';
import type { CallPrinting } from './call.ts';

/** The flags of `call`, before it is known where the emulator is. */
type CallFlags = Omit<CallOptions, 'addressee' | 'set' | 'mistakes'> &
  CallPrinting &
  MaterialFlags & {
    readonly set: readonly string[];
    readonly mistake?: readonly string[];
    readonly help?: true;
  };

/** `--set field=value` as fields; of two with the same name the last counts. */
const readSettings = (settings: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    settings.map((setting) => {
      const [, field = '', value = ''] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
      if (field === '') throw new ConfigurationError(`--set ${brief(setting)}: write <field>=<value>`);
      return [field, value];
    }),
  );

const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** Those of the usual country first, those of the others with whose they are. */
const clients = countryList
  .map(({ adjective, clients: names }, place) => `${place === 0 ? '' : `${adjective}: `}${names.join(', ')}`)
  .join('; ');

export const addCall = (program: Command): void => {
  const calling = onMaterial(onSigning(program.command('call [operation...]')))
    .description(
      'send one request as a client would, verify the answer, show both. The operation is <service>.<operation>, or rest <method> <path>; without one, all that can be called are listed',
    )
    .helpOption(false)
    .option('-h, --help', 'show this, and what can be called')
    .option('--as <client>', `client of the test PKI that calls (${clients})`)
    .option('--set <field=value>', 'set a field of the request (repeatable)', collect, [])
    .option('--mistake <name>', 'make a mistake on purpose (repeatable); --help lists them', collect)
    .option('--unsigned', 'send it without a signature')
    .option('--print', 'print the bytes that go and come')
    .option('--dry-run', 'send nothing; print the bytes of the request, and nothing else')
    .option('--json', 'print JSON')
    .action(async (words: string[], { help, mistake, ...given }: CallFlags) => {
      const { call, callLines, callList } = await import('./call.ts');
      if (help) return print([...calling.helpInformation().split('\n'), ...callLines()]);
      const target = words.join(' ');
      if (target === '') return callList(given);
      const { addresseeAt } = await import('../../client/calls/addressee.ts');
      const { materialFor } = await import('../material.ts');
      const where = materialOptions(given);
      process.exitCode = await call(target, {
        ...given,
        set: readSettings(given.set),
        ...(mistake ? { mistakes: mistake } : {}),
        addressee: addresseeAt(where.url, materialFor(where)),
      });
    });
};
