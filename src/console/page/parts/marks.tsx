// What is said of a person at a glance: each in words, with a sign and a colour.

import type { Mark, Standing } from '../../../contract/people.ts';
import { printable } from '../../../kernel/printable.ts';

const SIGNS: Readonly<Record<Standing, string>> = { good: '✓', warned: '!', wrong: '✕', plain: '' };

export const Marks = ({ marks }: { readonly marks: readonly Mark[] }) => (
  <ul class="marks">
    {marks.map(({ standing, text }) => (
      <li key={text} class={`tag ${standing}`}>
        {SIGNS[standing] && <span aria-hidden="true">{SIGNS[standing]} </span>}
        {printable(text)}
      </li>
    ))}
  </ul>
);
