// The licences of the packages whose code the bundle holds: they ask to be where their code is.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestOf, ROOT } from './places.ts';

const PACKAGE = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/** The folders of the packages that files belong to, relative to the root, by the package's name and place. */
const packagesOf = (files: readonly string[]): string[] =>
  [...new Set(files.flatMap((file) => PACKAGE.exec(file)?.[0] ?? []))].sort();

const licenceIn = (folder: string): string => {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
};

/** @param files what was bundled, relative to the root */
export const licencesOf = (files: readonly string[]): string => {
  const texts = packagesOf(files).map((path) => {
    const folder = join(ROOT, path);
    const [, name = ''] = PACKAGE.exec(path) ?? [];
    const { version, license = '' } = manifestOf(folder);
    return `${name} ${version} (${license})\n\n${licenceIn(folder)}`.trim();
  });
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  return `${['The files beside this one hold code of these packages.', ...texts].join(rule)}\n`;
};
