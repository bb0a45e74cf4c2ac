// The canonical octets that a digest or the signature is made over: fetched when they are wanted, shown and saved.

import { useSignal } from '@preact/signals';
import { ask, messageOf, saveAs } from '../state/session.ts';
import { Failure } from './screen.tsx';
import { plural, withSigns } from './text.ts';

/** In characters. */
const MOST = 50_000;

interface OctetsParts {
  readonly exchange: number;
  /** The place of a reference from 1, or SignedInfo. */
  readonly reference: string;
  readonly of: string;
  readonly bytes: number | undefined;
}

export const OctetsView = ({ exchange, reference, of, bytes }: OctetsParts) => {
  const content = useSignal<string | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  const fetchOnce = async (): Promise<void> => {
    if (content.value !== undefined) return;
    try {
      const path = `/journal/${exchange}/octets?reference=${encodeURIComponent(reference)}`;
      content.value = await (await ask(path)).text();
      failure.value = undefined;
    } catch (error) {
      failure.value = messageOf(error);
    }
  };
  const text = content.value;
  return (
    <details onToggle={({ currentTarget }) => void (currentTarget.open && fetchOnce())}>
      <summary>
        Octets of {of}
        {bytes === undefined ? '' : `, ${plural(bytes, 'byte')}`}
      </summary>
      <Failure message={failure.value} />
      {text !== undefined && (
        <>
          <p>
            <button
              type="button"
              onClick={() => saveAs(`exchange-${exchange}-${reference}.xml`, new Blob([text]))}
            >
              Download
            </button>{' '}
            Blanks are ·, tabs →, line ends ⏎. Numbers of persons are hidden.
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
          <section class="octets" tabIndex={0} aria-label={`Octets of ${of}`}>
            <pre dir="ltr">{withSigns(text.slice(0, MOST))}</pre>
          </section>
          {text.length > MOST && (
            <p>The first {plural(MOST, 'character')} are shown; the download has all of it.</p>
          )}
        </>
      )}
    </details>
  );
};
