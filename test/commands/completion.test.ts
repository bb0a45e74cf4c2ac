// kontakt completion: what a shell offers when somebody presses the tab key.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory } from '../directories.ts';
import { kontakt, runCommand } from '../program.ts';

const isThere = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

/** A shell that completes: from a script and the words of a line, what it offers for the last of them. */
interface Shell {
  readonly name: 'bash' | 'zsh' | 'fish';
  readonly offers: (script: string, words: readonly string[]) => string;
}

const quoted = (word: string): string => `'${word}'`;

const shells: readonly Shell[] = [
  {
    name: 'bash',
    offers: (script, words) =>
      `${script}\nCOMP_WORDS=(${words.map(quoted).join(' ')})\nCOMP_CWORD=${words.length - 1}\n_kontakt\nprintf '%s\\n' "\${COMPREPLY[@]}"`,
  },
  {
    name: 'zsh',
    // What is offered is printed, as the shell itself would show it only to a person.
    offers: (script, words) =>
      `compdef() { : }\n_files() { : }\ncompadd() { shift; for one in "$@"; do [[ $one == "\${words[CURRENT]}"* ]] && print -r -- $one; done }\n${script}\nwords=(${words.map(quoted).join(' ')})\nCURRENT=${words.length}\n_kontakt`,
  },
  {
    name: 'fish',
    offers: (script, words) =>
      `${script}\ncomplete -C ${quoted(words.join(' '))} | string replace -r '\\t.*' ''`,
  },
];

describe('kontakt completion', () => {
  const folder = newDirectory();
  mkdirSync(join(folder, '.kontakt/pki/clients'), { recursive: true });
  for (const name of ['digipost.pem', 'digipost.key', 'eboks.pem', 'my own.pem'])
    writeFileSync(join(folder, '.kontakt/pki/clients', name), '');

  for (const { name, offers } of shells)
    describe(name, () => {
      let script: string;
      const offered = async (...words: string[]): Promise<string[]> => {
        const { stdout, stderr } = await runCommand(name, ['-c', offers(script, ['kontakt', ...words])], {
          cwd: folder,
        });
        assert.equal(stderr, '');
        return stdout.split('\n').filter((line) => line !== '');
      };

      before(async function () {
        // Not installed: apt-get install zsh fish
        if (!isThere(name)) this.skip();
        const { code, stdout } = await kontakt(['completion', name]);
        assert.equal(code, 0);
        script = stdout;
      });

      it('offers verbs, and the verbs of a verb', async () => {
        assert.deepEqual((await offered('s')).sort(), ['seed', 'serve', 'sign']);
        assert.deepEqual((await offered('cert', '')).sort(), ['inspect', 'list', 'new']);
        assert.deepEqual(await offered('person', 'li'), ['list']);
      });

      it('offers options, and the values that they may have', async () => {
        assert.ok((await offered('person', 'list', '--')).includes('--free'));
        assert.deepEqual(await offered('serve', '--tls-p'), ['--tls-port']);
        assert.deepEqual((await offered('call', '--digest', 'sha')).sort(), ['sha1', 'sha256']);
        assert.deepEqual((await offered('serve', '--durability', '')).sort(), ['crash', 'power']);
        assert.deepEqual((await offered('serve', '--replay', 'o')).sort(), ['off', 'on']);
        assert.deepEqual(await offered('serve', '--profile', '14'), ['14-05']);
      });

      it('offers services and operations, the shells, and the clients of the folder at hand', async () => {
        assert.deepEqual(await offered('call', 'postkasseleverandoer.Sl'), [
          'postkasseleverandoer.SlettPostkasse',
        ]);
        assert.ok((await offered('call', 'rest.')).includes('rest.GetVerifikationskode'));
        assert.deepEqual((await offered('completion', '')).sort(), ['bash', 'fish', 'zsh']);
        assert.deepEqual(await offered('call', '--as', 'dig'), ['digipost']);
        assert.deepEqual(await offered('call', '--as', 'eb'), ['eboks']);
      });
    });

  it('knows every verb and option of the program', async () => {
    const { stdout } = await kontakt(['completion', 'fish']);
    const { stdout: help } = await kontakt(['--help']);
    const verbs = [...(help.split('Commands:')[1] ?? '').matchAll(/^ {2}([a-z]+)/gm)].map(
      ([, verb = '']) => verb,
    );
    assert.ok(verbs.length > 10);
    for (const verb of verbs.filter((one) => one !== 'help')) {
      assert.ok(stdout.includes(`-f -a '${verb}'`), verb);
      const own = (await kontakt([verb, '--help'])).stdout;
      for (const [, option = ''] of own.matchAll(/^ {2}(?:-\w, )?--([a-z][a-z0-9-]*)/gm))
        assert.match(
          stdout,
          new RegExp(`__kontakt_at \\\\'${verb}\\\\'' .*-l ${option} `),
          `${verb} --${option}`,
        );
    }
  }).timeout(60_000);

  it('refuses a shell that it does not know', async () => {
    const { code, stderr } = await kontakt(['completion', 'tcsh']);
    assert.equal(code, 2);
    assert.match(stderr, /Allowed choices are bash, zsh, fish/);
  });
});
