// One row of a tree: the signs of what signs it, the tag with its attributes, and what is to be said of it.

import { printable } from '../../../kernel/printable.ts';
import type { Rightnesses } from '../state/explanation.ts';
import type { Signing } from '../state/lit.ts';
import type { Row } from '../state/rows.ts';
import type { Side, TreeElement, TreeText } from '../state/tree.ts';
import { Badge, colourOf, nameOf } from './badge.tsx';
import { plural } from './text.ts';

const TAGS: Readonly<Record<TreeElement['marks'][number], string>> = {
  body: 'the Body that is read',
  'signed-info': '',
  'not-signed': 'not signed',
  encrypted: 'encrypted',
};

const SIGNS = [
  [' ', '·'],
  ['\t', '→'],
  ['\r', '␍'],
  ['\n', '⏎'],
] as const;

/** Text as it counts: nothing but blanks is shown by signs. */
const visible = (text: string): string =>
  /^[ \t\r\n]+$/.test(text)
    ? SIGNS.reduce((shown, [blank, sign]) => shown.replaceAll(blank, sign), text)
    : printable(text.replaceAll('\r', '␍').replaceAll('\n', '⏎').replaceAll('\t', '→'));

const TextView = ({ text: { kind, text, characters } }: { readonly text: TreeText }) => (
  <>
    {kind === 'comment' && <span class="soft">{'<!--'}</span>}
    {kind === 'cdata' && <span class="soft">{'<![CDATA['}</span>}
    <span class={kind === 'comment' ? 'soft' : 'text'}>{visible(text)}</span>
    {kind === 'comment' && <span class="soft">{'-->'}</span>}
    {kind === 'cdata' && <span class="soft">{']]>'}</span>}
    {text.length < characters && <span class="soft"> ({plural(characters, 'character')})</span>}
  </>
);

const isDeclaration = ({ name }: { readonly name: string }): boolean => /^xmlns(?:$|:)/.test(name);

const Attribute = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <>
    {' '}
    <span class="soft">{printable(name)}="</span>
    {printable(value)}
    <span class="soft">"</span>
  </>
);

const Tag = ({ element, row: { open, text } }: { readonly element: TreeElement; readonly row: Row }) => {
  const { attributes, attributesLeftOut } = element;
  // What tells elements apart comes before the declarations of namespaces, which are long.
  const own = attributes.filter((one) => !isDeclaration(one));
  return (
    <>
      {'<'}
      <b>{printable(element.name)}</b>
      {[...own, ...attributes.filter(isDeclaration)].map(({ name, value }) => (
        <Attribute key={name} name={name} value={value} />
      ))}
      {attributesLeftOut > 0 && <span class="soft"> … {plural(attributesLeftOut, 'more attribute')}</span>}
      {open === undefined && !text ? '/>' : '>'}
      {text && <TextView text={text} />}
      {text && <span class="soft">{`</${printable(element.name)}>`}</span>}
      {open === false && <span class="soft"> … </span>}
    </>
  );
};

interface NodeRowParts {
  readonly side: Side;
  readonly row: Row;
  readonly focusable: boolean;
  readonly lit: Signing | undefined;
  readonly rightness: Rightnesses;
  readonly onChoose: () => void;
  readonly onToggle: () => void;
}

/** What is made over it, in words for those who do not see the column. */
const wordsOf = (signed: readonly Signing[]): string =>
  signed.map((one) => (one === 'signed-info' ? 'signature value' : `reference ${one}`)).join(', ');

const Result = ({ of, rightness }: { readonly of: Signing; readonly rightness: Rightnesses }) => {
  const right = rightness.get(of);
  return right === 'wrong' ? (
    <span class="tag mark-wrong">{of === 'signed-info' ? 'signature value wrong' : 'digest wrong'}</span>
  ) : null;
};

export const NodeRow = ({ side, row, focusable, lit, rightness, onChoose, onToggle }: NodeRowParts) => {
  const { node, level, signed, own, open, key } = row;
  const isLit = lit !== undefined && signed.includes(lit);
  const marks =
    node.kind === 'element' ? node.marks.filter((one) => one !== 'body' || side === 'request') : [];
  const [colour] = [...own, ...signed].slice(0, 1).map(colourOf);
  const classes = ['node', colour, isLit && 'lit', lit !== undefined && own.includes(lit) && 'target'];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it takes the keys
    <div
      role="treeitem"
      aria-level={level}
      aria-expanded={open}
      aria-selected={focusable}
      tabIndex={focusable ? 0 : -1}
      class={classes.filter(Boolean).join(' ')}
      data-key={key}
      onFocus={onChoose}
      onClick={() => (node.kind === 'gap' ? onToggle() : onChoose())}
    >
      <span class="signs" aria-hidden="true">
        {signed.map((one) =>
          own.includes(one) ? (
            <Badge key={one} of={one} />
          ) : (
            <span key={one} class={`within ${colourOf(one)}`}>
              {nameOf(one)}
            </span>
          ),
        )}
      </span>
      <code dir="ltr" style={{ paddingLeft: `${(level - 1) * 1.1}rem` }}>
        <span class="twist" aria-hidden="true" onClick={open === undefined ? undefined : onToggle}>
          {open === undefined ? '' : open ? '▾' : '▸'}
        </span>
        {node.kind === 'element' && <Tag element={node} row={row} />}
        {node.kind === 'gap' && <span class="more">… {plural(node.count, 'more node')}: open them</span>}
        {node.kind !== 'element' && node.kind !== 'gap' && <TextView text={node} />}
      </code>
      {signed.length > 0 && <span class="sr">, {wordsOf(signed)}</span>}
      {own.map((one) => (
        <Result key={one} of={one} rightness={rightness} />
      ))}
      {marks.map(
        (mark) =>
          TAGS[mark] !== '' && (
            <span key={mark} class={`tag mark-${mark}`}>
              {TAGS[mark]}
            </span>
          ),
      )}
    </div>
  );
};
