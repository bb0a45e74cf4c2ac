// Whether a digest or a signature value is right, as a word with a sign.

import type { Rightness } from '../state/explanation.ts';

const LOOKS = { right: ['accepted', '✓'], wrong: ['fault', '✕'], 'not tried': ['', '–'] } as const;

export const Right = ({ value }: { readonly value: Rightness }) => {
  const [look, sign] = LOOKS[value];
  return (
    <span class={`verdict ${look}`}>
      <span aria-hidden="true">{sign}</span> {value}
    </span>
  );
};
