// One side of an exchange as text, and as a file. Person numbers are masked; a long one is shown in part, and saved whole.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Exchange } from '../state/exchange.ts';
import { ask, messageOf, saveAs } from '../state/session.ts';
import { Copy } from './copy.tsx';
import { Failure } from './screen.tsx';
import { plural, printableLines } from './text.ts';

/** In characters. */
const MOST = 100_000;

interface MessageParts {
  readonly exchange: Exchange;
  readonly side: 'request' | 'response';
}

/** The request as a command, with the number of nobody in it. */
const asCurl = ({ method, path }: Exchange, body: string): string => {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const isXml = body.trimStart().startsWith('<');
  return [
    `curl -X ${method} ${quoted(location.origin + path)}`,
    ...(body === ''
      ? []
      : [
          `-H ${quoted(`content-type: ${isXml ? 'text/xml; charset=utf-8' : 'application/json'}`)}`,
          `--data-binary ${quoted(body)}`,
        ]),
  ].join(' \\\n  ');
};

export const Message = ({ exchange, side }: MessageParts) => {
  const { number, requestBytes, responseBytes } = exchange;
  const body = useSignal<string | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  const text = body.value;
  useEffect(() => {
    body.value = undefined;
    ask(`/journal/${number}/message?side=${side}`)
      .then(async (response) => {
        body.value = await response.text();
      })
      .catch((error: unknown) => {
        failure.value = messageOf(error);
      });
  }, [number, side]);
  const title = side === 'request' ? 'Request' : 'Answer';
  return (
    <section class="card" aria-labelledby={side}>
      <div class="heading">
        <h2 id={side}>
          {title} <small>{plural(side === 'request' ? requestBytes : responseBytes, 'byte')}</small>
        </h2>
        {text !== undefined && (
          <div class="actions">
            {side === 'request' && exchange.method !== '-' && (
              <Copy label="Copy as curl" text={() => asCurl(exchange, text)} />
            )}
            <button
              type="button"
              onClick={() =>
                saveAs(`exchange-${number}-${side}.txt`, new Blob([text], { type: 'text/plain' }))
              }
            >
              Download
            </button>
          </div>
        )}
      </div>
      <Failure message={failure.value} />
      {text !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section class="octets" tabIndex={0} aria-label={`${title} as text`}>
          <pre dir="ltr">{text === '' ? '(empty)' : printableLines(text.slice(0, MOST))}</pre>
        </section>
      )}
      {text !== undefined && text.length > MOST && (
        <p>The first {plural(MOST, 'character')} are shown; the download has all of it.</p>
      )}
    </section>
  );
};
