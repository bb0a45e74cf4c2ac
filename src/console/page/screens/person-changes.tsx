// What brought a person about: the seed, the control interface, or an exchange, with its link.

import { printable } from '../../../kernel/printable.ts';
import { Failure } from '../parts/screen.tsx';
import { useAsked } from '../state/asked.ts';
import { linkTo } from '../state/route.ts';

interface Change {
  readonly at: string;
  readonly means: string;
  readonly exchange?: number;
  readonly caller?: string;
  readonly kept?: boolean;
  readonly parts: readonly string[];
}

const MEANS: Readonly<Record<string, string>> = {
  seed: 'the seed',
  control: 'the control interface, or this page',
};

const By = ({ change: { means, exchange, caller, kept } }: { readonly change: Change }) => {
  if (exchange === undefined) return <>{MEANS[means] ?? printable(means)}</>;
  return (
    <>
      {printable(means)}
      {caller && ` by ${printable(caller)}`},{' '}
      {kept ? (
        <a href={linkTo('exchange', exchange)}>exchange {exchange}</a>
      ) : (
        <>exchange {exchange}, which the journal does not have any more</>
      )}
    </>
  );
};

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
            <By change={change} />
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
