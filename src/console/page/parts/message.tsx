// One side of an exchange as a tree, as text and as a file. Person numbers are masked; a long one is shown in part, and saved whole.

import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { printable } from '../../../kernel/printable.ts';
import type { Exchange } from '../state/exchange.ts';
import type { Rightnesses } from '../state/explanation.ts';
import { ask, messageOf, saveAs } from '../state/session.ts';
import { askTree, type Side, type Tree } from '../state/tree.ts';
import { Copy } from './copy.tsx';
import { Legend } from './legend.tsx';
import { Failure } from './screen.tsx';
import { plural, printableLines, withSigns } from './text.ts';
import { TreeView } from './tree.tsx';

/** In characters. */
const MOST = 100_000;

interface MessageParts {
  readonly exchange: Exchange;
  readonly side: Side;
  /** What is known of its digests. */
  readonly rightness?: Rightnesses;
}

const NOTHING: Rightnesses = new Map();

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

/** The text of one side. */
const useText = (number: number, side: Side) => {
  const body = useSignal<string | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  useEffect(() => {
    ask(`/journal/${number}/message?side=${side}`)
      .then(async (response) => {
        body.value = await response.text();
      })
      .catch((error: unknown) => {
        failure.value = messageOf(error);
      });
  }, [number, side]);
  return { body, failure };
};

/** Its tree, where it is XML; else why there is none. */
const useTree = (number: number, side: Side, body: ReadonlySignal<string | undefined>) => {
  const tree = useSignal<Tree | undefined>(undefined);
  const none = useSignal<string | undefined>(undefined);
  const isXml = body.value?.trimStart().startsWith('<') ?? false;
  useEffect(() => {
    if (!isXml) return;
    askTree(number, side)
      .then((told) => {
        tree.value = told;
      })
      .catch((error: unknown) => {
        none.value = messageOf(error);
      });
  }, [isXml]);
  return { tree, none };
};

const VIEWS = ['tree', 'text'] as const;

const TextView = ({ title, text }: { readonly title: string; readonly text: string }) => {
  const signs = useSignal(false);
  return (
    <>
      {text !== '' && (
        <label>
          <input
            type="checkbox"
            checked={signs.value}
            onChange={({ currentTarget }) => {
              signs.value = currentTarget.checked;
            }}
          />{' '}
          Blanks, tabs and line ends as signs
        </label>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="octets" tabIndex={0} aria-label={`${title} as text`}>
        <pre dir="ltr">
          {text === '' ? '(empty)' : (signs.value ? withSigns : printableLines)(text.slice(0, MOST))}
        </pre>
      </section>
      {text.length > MOST && (
        <p>The first {plural(MOST, 'character')} are shown; the download has all of it.</p>
      )}
    </>
  );
};

interface ActionsParts extends MessageParts {
  readonly text: string;
}

const Actions = ({ exchange, side, text }: ActionsParts) => (
  <>
    {side === 'request' && exchange.method !== '-' && (
      <Copy label="Copy as curl" text={() => asCurl(exchange, text)} />
    )}
    <button
      type="button"
      onClick={() =>
        saveAs(`exchange-${exchange.number}-${side}.txt`, new Blob([text], { type: 'text/plain' }))
      }
    >
      Download
    </button>
  </>
);

export const Message = ({ exchange, side, rightness = NOTHING }: MessageParts) => {
  const { number, requestBytes, responseBytes } = exchange;
  const { body, failure } = useText(number, side);
  const { tree, none } = useTree(number, side, body);
  const view = useSignal<(typeof VIEWS)[number]>('tree');
  const text = body.value;
  const title = side === 'request' ? 'Request' : 'Answer';
  const shown = tree.value && view.value === 'tree' ? tree.value : undefined;
  const waits = text?.trimStart().startsWith('<') && !tree.value && none.value === undefined;
  return (
    <section class="card" aria-labelledby={side}>
      <div class="heading">
        <h2 id={side}>
          {title} <small>{plural(side === 'request' ? requestBytes : responseBytes, 'byte')}</small>
        </h2>
        <div class="actions">
          {tree.value && (
            <fieldset class="views" aria-label={`${title} is shown as`}>
              {VIEWS.map((one) => (
                <button
                  key={one}
                  type="button"
                  aria-pressed={view.value === one}
                  onClick={() => {
                    view.value = one;
                  }}
                >
                  {one === 'tree' ? 'Tree' : 'Text'}
                </button>
              ))}
            </fieldset>
          )}
          {text !== undefined && <Actions exchange={exchange} side={side} text={text} />}
        </div>
      </div>
      <Failure message={failure.value} />
      {none.value !== undefined && <p class="lead">{printable(none.value)}</p>}
      {shown && <Legend side={side} tree={shown} rightness={rightness} />}
      {shown && <TreeView exchange={number} side={side} tree={shown} rightness={rightness} />}
      {text !== undefined && !shown && !waits && <TextView title={title} text={text} />}
    </section>
  );
};
