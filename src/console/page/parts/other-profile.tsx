// What another profile says of the request itself.

import { useSignal } from '@preact/signals';
import { printable } from '../../../kernel/printable.ts';
import { useAsked } from '../state/asked.ts';
import type { Exchange } from '../state/exchange.ts';
import { explainedIn } from '../state/explanation.ts';
import { CauseView } from './cause.tsx';
import { Failure } from './screen.tsx';

interface Profiles {
  readonly profiles: readonly string[];
}

const SIGNS: Readonly<Record<string, readonly [look: string, sign: string]>> = {
  accepted: ['accepted', '✓'],
  refused: ['fault', '✕'],
};

const Told = ({ number, profile }: { readonly number: number; readonly profile: string }) => {
  const path = `/journal/${number}/explanation?profile=${encodeURIComponent(profile)}`;
  const { json, failure } = useAsked<{ readonly verdict: string }>(path).value;
  if (failure !== undefined) return <Failure message={failure} />;
  if (!json) return <p role="status">Judging the message by {profile} …</p>;
  const [look, sign] = SIGNS[json.verdict] ?? ['', '–'];
  return (
    <>
      <p role="status">
        Under {printable(profile)} the message is{' '}
        <span class={`verdict ${look}`}>
          <span aria-hidden="true">{sign}</span> {json.verdict}
        </span>
      </p>
      {explainedIn(json).causes.map((cause, index) => (
        <CauseView key={cause.cause + index} cause={cause} first={index === 0} />
      ))}
    </>
  );
};

export const OtherProfile = ({ exchange: { number, profile: own } }: { readonly exchange: Exchange }) => {
  const names = useAsked<Profiles>('/profiles').value.json?.profiles ?? [];
  const chosen = useSignal('');
  return (
    <section class="card" aria-labelledby="other-profile">
      <h2 id="other-profile">Under another profile</h2>
      <label>
        Explain again under{' '}
        <select
          value={chosen.value}
          onChange={({ currentTarget }) => {
            chosen.value = currentTarget.value;
          }}
        >
          <option value="">…</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name === own ? `${name} (that of then)` : name}
            </option>
          ))}
        </select>
      </label>
      <p class="lead">
        The message itself is judged, at the time of then. What the register holds, and whether the message
        was seen before, is not asked again.
      </p>
      {chosen.value !== '' && <Told key={chosen.value} number={number} profile={chosen.value} />}
    </section>
  );
};
