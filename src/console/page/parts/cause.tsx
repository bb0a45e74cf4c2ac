// Why a message was refused: what was done to it, what shows it, what to change.

import { printable } from '../../../kernel/printable.ts';
import type { Cause } from '../state/explanation.ts';
import { DifferenceView } from './difference.tsx';

const Fact = ({ name, text }: { readonly name: string; readonly text: string | undefined }) =>
  text === undefined ? null : (
    <>
      <dt>{name}</dt>
      <dd>{printable(text)}</dd>
    </>
  );

export const CauseView = ({ cause, first }: { readonly cause: Cause; readonly first: boolean }) => (
  <article class={`card cause ${first ? 'leading' : ''}`} aria-label={cause.cause}>
    <h3>
      {printable(cause.sentence)}{' '}
      <span class={`tag ${cause.certain ? 'certain' : ''}`}>{cause.certain ? 'proved' : 'likely'}</span>
    </h3>
    {cause.remedy && (
      <p class="remedy">
        <b>What to change:</b> {printable(cause.remedy)}
      </p>
    )}
    {cause.difference && <DifferenceView difference={cause.difference} />}
    <dl class="facts">
      <Fact name="cause" text={cause.cause} />
      {cause.where.length > 0 && <Fact name="where" text={cause.where.join(', ')} />}
      <Fact name="check" text={cause.check} />
      <Fact name="expected" text={cause.expected} />
      <Fact name="found" text={cause.found} />
      <Fact name="rule" text={cause.rule} />
    </dl>
    {cause.stacks.length > 0 && (
      <details>
        <summary>The setting, by stack</summary>
        <dl class="facts">
          {cause.stacks.map(([stack, setting]) => (
            <Fact key={stack} name={stack} text={setting} />
          ))}
        </dl>
      </details>
    )}
  </article>
);
