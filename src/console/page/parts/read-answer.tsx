// An answer as the client read it that sent the call from this page: decrypted and verified, as kontakt call prints it.

import { printable } from '../../../kernel/printable.ts';
import { type Called, lastCall } from '../state/called.ts';
import { Copy } from './copy.tsx';
import { LookedAt } from './looked-at.tsx';

/** Names and values below each other, as the terminal has them. */
const linesOf = ({ fields }: Called): string => {
  const width = Math.max(0, ...fields.map(({ name }) => name.length));
  return fields.map(({ name, value }) => `${name.padEnd(width)}  ${printable(value)}`).join('\n');
};

/** @param exchange the number of the exchange that is shown; nothing stands here where this page did not make it */
export const ReadAnswer = ({ exchange }: { readonly exchange: number }) => {
  const called = lastCall.value;
  if (called?.exchange?.number !== exchange) return null;
  const text = linesOf(called);
  return (
    <section class="card" aria-labelledby="read">
      <div class="heading">
        <div>
          <h2 id="read">The answer, as the client read it</h2>
          <p class="lead">{printable(called.protection)}</p>
        </div>
        {text !== '' && <Copy text={() => text} label="Copy the fields" />}
      </div>
      {called.unbelievable && <LookedAt {...called.unbelievable} />}
      {text !== '' && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
          <section class="octets" tabIndex={0} aria-label="Fields of the answer">
            <pre dir="ltr">{text}</pre>
          </section>
        </>
      )}
    </section>
  );
};
