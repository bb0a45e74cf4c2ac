// What the signs of a tree mean; whoever points at a reference sees where it leads.

import { printable } from '../../../kernel/printable.ts';
import type { Rightnesses } from '../state/explanation.ts';
import { pointing, type Signing } from '../state/lit.ts';
import { elementsIn, type Side, type Tree, type TreeElement } from '../state/tree.ts';
import { Badge } from './badge.tsx';
import { ProtectionView } from './protection.tsx';
import { Right } from './right.tsx';

interface LegendParts {
  readonly side: Side;
  readonly tree: Tree;
  readonly rightness: Rightnesses;
}

interface EntryParts {
  readonly side: Side;
  readonly of: Signing;
  readonly name: string;
  readonly leads: boolean;
  readonly rightness: Rightnesses;
}

const Entry = ({ side, of, name, leads, rightness }: EntryParts) => {
  const right = rightness.get(of);
  return (
    <li>
      <button type="button" class="plain" {...pointing(side, of)}>
        <Badge of={of} /> {name}
      </button>{' '}
      {!leads && <span class="tag">leads nowhere</span>}
      {right && <Right value={right} />}
    </li>
  );
};

export const Legend = ({ side, tree, rightness }: LegendParts) => {
  const all = elementsIn(tree.nodes);
  const has = (mark: TreeElement['marks'][number]): boolean => all.some(({ marks }) => marks.includes(mark));
  return (
    <>
      <ProtectionView tree={tree} side={side} />
      {tree.protection && (
        <ul class="legend" aria-label="What is signed by which reference">
          {tree.references.map(({ place, uri, at }) => (
            <Entry
              key={place}
              side={side}
              of={place}
              name={printable(uri)}
              leads={at !== null}
              rightness={rightness}
            />
          ))}
          {has('signed-info') && (
            <Entry side={side} of="signed-info" name="SignedInfo" leads rightness={rightness} />
          )}
          {has('not-signed') && (
            <li>
              <span class="tag mark-not-signed">not signed</span> no reference leads there
            </li>
          )}
          {has('encrypted') && (
            <li>
              <span class="tag mark-encrypted">encrypted</span> nobody reads it without the key
            </li>
          )}
        </ul>
      )}
    </>
  );
};
