// The sign of a reference: its number on its colour. S stands for SignedInfo.

import type { Signing } from '../state/lit.ts';

/** As many colours as a signature may have references. */
const COLOURS = 8;

export const colourOf = (of: Signing): string =>
  of === 'signed-info' ? 'ref-s' : `ref-${((of - 1) % COLOURS) + 1}`;

export const nameOf = (of: Signing): string => (of === 'signed-info' ? 'S' : String(of));

export const Badge = ({ of }: { readonly of: Signing }) => (
  <span class={`badge ${colourOf(of)}`}>{nameOf(of)}</span>
);
