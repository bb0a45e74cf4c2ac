// kontakt completion.

import { Argument, type Command } from 'commander';

export const addCompletion = (program: Command): void => {
  program
    .command('completion')
    .description(
      'print what makes a shell complete verbs, options, operations and clients; bash and zsh: eval "$(kontakt completion bash)", fish: kontakt completion fish | source',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { completion } = await import('./completion.ts');
      completion(program, shell);
    });
};
