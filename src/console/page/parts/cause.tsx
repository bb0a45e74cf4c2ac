// Why a message was refused: what was done to it, what shows it, what to change.

import { printable } from '../../../kernel/printable.ts';
import type { Cause, State } from '../state/explanation.ts';
import { By } from './by.tsx';
import { Copy } from './copy.tsx';
import { DifferenceView } from './difference.tsx';

const Fact = ({ name, text }: { readonly name: string; readonly text: string | undefined }) =>
  text === undefined ? null : (
    <>
      <dt>{name}</dt>
      <dd>{printable(text)}</dd>
    </>
  );

/** What changes the state that led to it, to be copied. */
const Change = ({ text }: { readonly text: string }) => (
  <div class="change">
    <code dir="ltr">{printable(text)}</code> <Copy label="Copy" text={() => text} />
  </div>
);

const States = ({ states }: { readonly states: readonly State[] }) => (
  <>
    <h4>What led to it</h4>
    <ul class="states">
      {states.map(({ what, since, by, now }) => (
        <li key={what}>
          {printable(what)}
          {since && (
            <>
              , since <time dateTime={since}>{printable(since)}</time>
            </>
          )}
          {by && (
            <>
              , by <By by={by} />
            </>
          )}
          {now && <>; now: {printable(now)}</>}
        </li>
      ))}
    </ul>
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
    {cause.change && <Change text={cause.change} />}
    {cause.difference && <DifferenceView difference={cause.difference} />}
    <dl class="facts">
      <Fact name="cause" text={cause.cause} />
      {cause.where.length > 0 && <Fact name="where" text={cause.where.join(', ')} />}
      <Fact name="check" text={cause.check} />
      <Fact name="expected" text={cause.expected} />
      <Fact name="found" text={cause.found} />
      <Fact name="rule" text={cause.rule} />
    </dl>
    {cause.state.length > 0 && <States states={cause.state} />}
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
