// What the signs of a tree mean; whoever points at a reference sees where it leads.

import { printable } from '../../../kernel/printable.ts';
import type { Rightnesses } from '../state/explanation.ts';
import { pointing, type Signing } from '../state/lit.ts';
import { elementsIn, type Side, type Tree, type TreeElement } from '../state/tree.ts';
import { Badge } from './badge.tsx';
import { Right } from './right.tsx';

interface LegendParts {
  readonly side: Side;
  readonly tree: Tree;
  readonly rightness: Rightnesses;
}

const isMarked = (mark: TreeElement['marks'][number]) => (element: TreeElement) =>
  element.marks.includes(mark);

const nameless = (name: string): string => name.replace(/^.*:/, '');

/** What is to be seen at once: a Body that is read and not signed, whatever else is. */
const Warning = ({ tree }: { readonly tree: Tree }) => {
  const all = elementsIn(tree.nodes);
  const body = all.find(isMarked('body'));
  if (!body || !isMarked('not-signed')(body)) return null;
  if (tree.references.length === 0) return <p class="lead">Nothing in this message is signed.</p>;
  const others = tree.references.filter(({ at }) => {
    const target = all.find((one) => one.at === at);
    return target?.namespace === body.namespace && nameless(target.name) === nameless(body.name);
  });
  return (
    <p class="failure">
      The Body that is read is not signed.
      {others.map(({ place, uri }) => (
        <span key={place}>
          {' '}
          Reference {place} ({printable(uri)}) leads to another Body, which is not read.
        </span>
      ))}
    </p>
  );
};

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
  const has = (mark: TreeElement['marks'][number]): boolean => all.some(isMarked(mark));
  return (
    <>
      <Warning tree={tree} />
      {tree.message && (
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
