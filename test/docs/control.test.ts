// docs/control.md lists every control call: DOCS=write npx mocha test/docs/control.test.ts renews it.

import { callsWith } from '../../src/control/calls.ts';
import { danishCalls } from '../../src/dfdg/switches.ts';
import { assertMade, table } from './pages.ts';

const code = (text: string): string => `\`${text}\``;

describe('docs/control.md', () => {
  it('has every call with its query and its body', () => {
    const rows = callsWith(danishCalls).map(({ method, path, does, query = {}, body }) => [
      code(`${method} ${path === '/' ? '' : path.replace(/:(\w+)/g, '{$1}')}`.trim()),
      does,
      Object.entries(query)
        .map(([name, values]) => code(values === 'text' ? name : `${name}=${values.join('|')}`))
        .join(', ') || '–',
      body ? `${body.members}: ${code(body.example)}` : '–',
    ]);
    const head = ['call, below `/_emulator`', 'does', 'query', 'body'];
    assertMade('docs/control.md', 'all calls', table(head, rows), 'control.test.ts');
  });
});
