// The way of an exchange through its stages, as a bar: each as wide as the time that it took.

import { durationOf, type Exchange } from '../state/exchange.ts';

export const Stages = ({ exchange: { stages, duration } }: { readonly exchange: Exchange }) => {
  const all = Object.entries(stages);
  const total = all.reduce((sum, [, time]) => sum + time, 0) || 1;
  if (all.length === 0) return <p>It reached no stage. It took {durationOf(duration)}.</p>;
  return (
    <>
      <div class="bar" aria-hidden="true">
        {all.map(([stage, time], place) => (
          <span key={stage} class={`stage-${place % 6}`} style={{ width: `${(time / total) * 100}%` }} />
        ))}
      </div>
      <ol class="stages">
        {all.map(([stage, time], place) => (
          <li key={stage}>
            <span class={`swatch stage-${place % 6}`} aria-hidden="true" />
            {stage} <b>{durationOf(time)}</b>
          </li>
        ))}
        <li>
          in all <b>{durationOf(duration)}</b>
        </li>
      </ol>
    </>
  );
};
