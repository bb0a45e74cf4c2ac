// kontakt completion: prints what makes a shell complete the words of this program.

import type { Command } from 'commander';
import { print } from '../print.ts';
import { bashCompletion, zshCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import { completedVerbs } from './words.ts';

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

export const completion = (program: Command, shell: keyof typeof SCRIPTS): void =>
  print(SCRIPTS[shell](completedVerbs(program)));
