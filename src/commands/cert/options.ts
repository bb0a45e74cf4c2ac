// kontakt cert list, new, inspect; kontakt pki make.

import type { Command } from 'commander';
import { type Options, pkiFor, resolve } from '../settings.ts';

const collect = (value: string, before: string[] = []): string[] => [...before, value];

const addList = (cert: Command): void => {
  cert
    .command('list')
    .description('the certificates of the data directory')
    .option('--data <folder>', 'data directory')
    .option('--pki <folder>', 'folder of the certificates')
    .option('--json', 'print JSON')
    .action(async (given: Options) => {
      const { certList } = await import('./list.ts');
      certList(pkiFor(given), given);
    });
};

const addNew = (cert: Command): void => {
  cert
    .command('new <name>')
    .description('make a client with a certificate of any kind, good or bad, issued by the test PKI')
    .option('--data <folder>', 'data directory; an emulator may be using it')
    .option('--pki <folder>', 'folder of the certificates; emulators may be using it')
    .option('--shape <name>', 'seid1 (default), seid2, oces2 or oces3')
    .option('--organisation <number>', 'number of the organisation: nine digits, eight in Denmark')
    .option('--no-organisation', 'leave the number out')
    .option('--name <name>', 'name of the organisation')
    .option('--expired', 'valid until a year ago')
    .option('--not-yet-valid', 'valid in a year')
    .option('--from <date>', 'valid from')
    .option('--until <date>', 'valid until')
    .option('--revoked', 'put it on the revocation list; a running emulator reads the list again')
    .option('--usage <names>', 'key usages with commas between, or none')
    .option('--policy <oid>', 'certificate policy (repeatable), or none', collect)
    .option('--bits <number>', 'length of the RSA key: 1024, 2048, 3072 or 4096')
    .option('--key <kind>', 'rsa (default) or ec')
    .option('--self-signed', 'signed with its own key')
    .option('--ca', 'with CA:TRUE')
    .option('--force', 'replace a client of this name')
    .option('--json', 'print JSON')
    .action(async (name: string, given: Options) => {
      const { certNew } = await import('./new.ts');
      const { data, pki, ...options } = given;
      const where = pki ? ` --pki ${pki}` : data ? ` --data ${data}` : '';
      await certNew(name, pkiFor(given), where, options);
    });
};

const addInspect = (cert: Command): void => {
  cert
    .command('inspect <file>')
    .description('explain a certificate: PEM, DER, base64 or PKCS#12')
    .option('--data <folder>', 'data directory whose trust anchors and revocation lists count')
    .option('--pki <folder>', 'folder of certificates whose trust anchors and revocation lists count')
    .option('--trust <path...>', 'further trust anchors: PEM files or folders')
    .option('--crl, --crls <path...>', 'further revocation lists: PEM or DER files or folders')
    .option('--password <text>', 'of a PKCS#12 file or an encrypted key (changeit)')
    .option('--json', 'print JSON')
    .action(async (file: string, given: Options) => {
      const { certInspect } = await import('./inspect.ts');
      const { data, pki, trust, crls } = given;
      await certInspect(file, resolve({ data, pki, trust, crls }).configuration, given);
    });
};

const addPki = (program: Command): void => {
  program
    .command('pki')
    .description('folders of test certificates')
    .command('make <folder>')
    .description('make a folder of certificates that a team can keep, for kontakt serve --pki')
    .action(async (folder: string) => {
      const { pkiMake } = await import('./pki-make.ts');
      await pkiMake(folder);
    });
};

export const addCertificates = (program: Command): void => {
  const cert = program.command('cert').description('the test certificates');
  addList(cert);
  addNew(cert);
  addInspect(cert);
  addPki(program);
};
