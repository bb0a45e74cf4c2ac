// What brought a person about: the seed, the control interface, or an exchange, with its link.

import { printable } from '../../../kernel/printable.ts';
import { By, type Means } from '../parts/by.tsx';
import { Failure } from '../parts/screen.tsx';
import { useAsked } from '../state/asked.ts';

interface Change extends Means {
  readonly at: string;
  readonly parts: readonly string[];
}

export const PersonChanges = ({ country, id }: { readonly country: string; readonly id: string }) => {
  const { json, failure } = useAsked<{ changes: readonly Change[] }>(
    `/persons/${country}/${encodeURIComponent(id)}/changes`,
    'persons',
    'reset',
    'journal',
  ).value;
  return (
    <section class="card" aria-labelledby="changes">
      <h2 id="changes">Changed by</h2>
      <Failure message={failure} />
      {json?.changes.length === 0 && <p>Nobody wrote down how this person came about.</p>}
      <ul class="operations">
        {json?.changes.map((change) => (
          <li key={`${change.at} ${change.exchange} ${change.parts.join()}`}>
            <By by={change} />
            <br />
            <small>
              <time dateTime={change.at}>{change.at}</time>:{' '}
              {change.parts.length === 0 ? 'as a whole' : printable(change.parts.join(', '))}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
};
