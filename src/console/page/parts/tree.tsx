// A message as a tree. One row has the focus, the arrows go from row to row; of very many rows the first are shown.

import { batch, type ReadonlySignal, useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Rightnesses } from '../state/explanation.ts';
import { chosen, lit, type Pointed, type Signing } from '../state/lit.ts';
import { around, hidesBlanks, isGap, openAtFirst, type Row, rowsOf } from '../state/rows.ts';
import { messageOf } from '../state/session.ts';
import { elementsIn, filled, type Place, type Side, type Tree } from '../state/tree.ts';
import { NodeRow } from './node-row.tsx';
import { Failure } from './screen.tsx';
import { plural } from './text.ts';

/** In rows. */
const MOST = 2000;

interface TreeParts {
  readonly exchange: number;
  readonly side: Side;
  readonly tree: Tree;
  readonly rightness: Rightnesses;
}

/** Where a reference leads. */
const targetOf = ({ references, nodes }: Tree, signing: Signing): Place | undefined =>
  signing === 'signed-info'
    ? elementsIn(nodes).find(({ marks }) => marks.includes(signing))?.at
    : (references.find(({ place }) => place === signing)?.at ?? undefined);

const useTree = ({ exchange, side, tree: first }: TreeParts) => {
  const tree = useSignal(first);
  const open = useSignal(openAtFirst(first));
  const current = useSignal('0');
  const failure = useSignal<string | undefined>(undefined);
  const frame = useRef<HTMLDivElement>(null);
  const rowAt = (key: string): HTMLElement | null =>
    frame.current?.querySelector<HTMLElement>(`[data-key="${key}"]`) ?? null;
  /** Once it is in the page. Only the tree itself is moved: what somebody points with stays under the mouse. */
  const bring = (key: string, focus: boolean): void => {
    requestAnimationFrame(() => {
      const [row, within] = [rowAt(key), frame.current];
      if (!row || !within) return;
      const { offsetTop: top, offsetHeight: height } = row;
      if (top < within.scrollTop || top + height > within.scrollTop + within.clientHeight)
        within.scrollTop = top - within.clientHeight / 3;
      if (focus) row.focus();
    });
  };
  const toggle = (key: Place): void => {
    const next = new Set(open.peek());
    if (!next.delete(key)) next.add(key);
    open.value = next;
  };
  const show = (key: Place, focus: boolean): void =>
    batch(() => {
      open.value = new Set([...open.peek(), ...around(key)]);
      if (focus) current.value = key;
      bring(key, focus);
    });
  const fill = async ({ node, parent, key }: Row): Promise<void> => {
    if (!isGap(node)) return;
    try {
      tree.value = await filled(tree.peek(), exchange, side, parent, node);
      const [first] = rowsOf(tree.peek().nodes, open.peek()).filter(
        (row) => row.key === key.replace('+', '.'),
      );
      current.value = first?.key ?? parent;
      bring(current.peek(), true);
    } catch (error) {
      failure.value = messageOf(error);
    }
  };
  return { tree, open, current, failure, frame, bring, toggle, show, fill };
};

type Held = ReturnType<typeof useTree>;

/** The row that a key leads to from another. */
const stepTo = (rows: readonly Row[], index: number, pressed: string): Row | undefined => {
  const row = rows[index];
  if (pressed === 'ArrowDown') return rows[index + 1];
  if (pressed === 'ArrowUp') return rows[index - 1];
  if (pressed === 'Home') return rows[0];
  if (pressed === 'End') return rows.at(-1);
  if (pressed === 'ArrowRight') return row?.open ? rows[index + 1] : undefined;
  if (pressed === 'ArrowLeft') return rows.find(({ key }) => key === row?.parent);
  return undefined;
};

const onKey = ({ toggle, fill, current, bring }: Held, rows: readonly Row[]) => {
  const opens = (key: string, { open }: Row): boolean =>
    open !== undefined &&
    (key === 'Enter' || key === ' ' || (key === 'ArrowRight' && !open) || (key === 'ArrowLeft' && open));
  return (event: KeyboardEvent): void => {
    const index = rows.findIndex(({ key }) => key === current.peek());
    const row = rows[index];
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = stepTo(rows, index, event.key);
    if (opens(event.key, row)) toggle(row.key);
    else if (isGap(row.node) && (event.key === 'Enter' || event.key === ' ')) void fill(row);
    else if (next) {
      current.value = next.key;
      bring(next.key, true);
    } else return;
    event.preventDefault();
  };
};

/** Shows what somebody points at, or wants to go to. */
const useFollowed = (
  followed: ReadonlySignal<Pointed | undefined>,
  side: Side,
  { tree, show }: Held,
  focus: boolean,
): void =>
  useSignalEffect(() => {
    if (followed.value?.side !== side) return;
    const target = targetOf(tree.peek(), followed.value.at);
    if (target !== undefined) show(target, focus);
  });

export const TreeView = (parts: TreeParts) => {
  const held = useTree(parts);
  const { tree, open, current, failure, frame, toggle, fill } = held;
  const { side, rightness } = parts;
  useFollowed(lit, side, held, false);
  useFollowed(chosen, side, held, true);
  const all = rowsOf(tree.value.nodes, open.value);
  const rows = all.slice(0, MOST);
  const focusable = rows.some(({ key }) => key === current.value) ? current.value : rows[0]?.key;
  return (
    <>
      <Failure message={failure.value} />
      <div
        role="tree"
        aria-label={side === 'request' ? 'Request as a tree' : 'Answer as a tree'}
        class="tree"
        ref={frame}
        onKeyDown={onKey(held, rows)}
      >
        {rows.map((row) => (
          <NodeRow
            key={row.key}
            side={side}
            row={row}
            focusable={row.key === focusable}
            lit={lit.value?.side === side ? lit.value.at : undefined}
            rightness={rightness}
            onChoose={() => {
              current.value = row.key;
            }}
            onToggle={() => (isGap(row.node) ? void fill(row) : toggle(row.key))}
          />
        ))}
      </div>
      {all.length > MOST && (
        <p>
          {plural(MOST, 'row')} are shown, {plural(all.length - MOST, 'more row')} left out: close what is not
          wanted.
        </p>
      )}
      {hidesBlanks(tree.value) && (
        <p class="lead">White space between elements is not shown here; the text has it.</p>
      )}
    </>
  );
};
