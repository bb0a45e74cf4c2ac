// How an exchange ended, as a word with a sign: never by colour alone.

import { type Exchange, type Verdict, verdictOf } from '../state/exchange.ts';

const SIGNS: Readonly<Record<Verdict, string>> = { accepted: '✓', refused: '✕', fault: '!' };

export const VerdictMark = ({ exchange }: { readonly exchange: Exchange }) => {
  const verdict = verdictOf(exchange);
  const warned = verdict === 'accepted' && (exchange.warnings?.length ?? 0) > 0;
  return (
    <span class={`verdict ${warned ? 'warned' : verdict}`}>
      <span aria-hidden="true">{SIGNS[verdict]}</span> {verdict}
      {warned && <span class="sr"> with warnings</span>}
    </span>
  );
};
