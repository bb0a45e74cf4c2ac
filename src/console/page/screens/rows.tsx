// The rows of the list: of a thousand only those that are seen are in the page, and what is looked at stays where it is.

import { type Signal, useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { printable } from '../../../kernel/printable.ts';
import { VerdictMark } from '../parts/verdict.tsx';
import { calledIn, callerOf, codeOf, durationOf, type Exchange, timeOf } from '../state/exchange.ts';
import { shown } from '../state/exchanges.ts';
import { go, linkTo } from '../state/route.ts';

/** Of a row, in pixels, as the style sheet has it. */
const HEIGHT = 37;
/** How many rows are in the page above and below those that are seen. */
const AROUND = 12;

interface RowParts {
  readonly exchange: Exchange;
  readonly index: number;
  readonly current: boolean;
}

/** What is long goes on in a second line, so that a code or a number at its end is seen. */
const TwoLines = ({ of, text }: { readonly of: string; readonly text: string }) => (
  <td class={of}>
    <span class="two">{printable(text)}</span>
  </td>
);

const Row = ({ exchange, index, current }: RowParts) => {
  const { number, service = '', duration } = exchange;
  return (
    // The link in the row is what the keyboard reaches; a click beside it opens the same.
    <tr aria-rowindex={index + 2} onClick={() => go('exchange', String(number))}>
      <td class="number">
        <a href={linkTo('exchange', number)} tabIndex={current ? 0 : -1} data-index={index}>
          {number}
        </a>
      </td>
      <td>
        <VerdictMark exchange={exchange} />
      </td>
      <td class="time">
        {timeOf(exchange).slice(0, 8)}
        <span class="fraction">{timeOf(exchange).slice(8)}</span>
      </td>
      <TwoLines of="called" text={calledIn(exchange)} />
      <td class="service">{service}</td>
      <TwoLines of="caller" text={callerOf(exchange)} />
      <TwoLines of="code" text={codeOf(exchange)} />
      <td class="duration">{durationOf(duration)}</td>
    </tr>
  );
};

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** Where the list is scrolled to, kept in its place while rows come on top of it. */
const useKept = (rows: readonly Exchange[]) => {
  const frame = useRef<HTMLDivElement>(null);
  const top = useSignal(0);
  const before = useRef<string | undefined>(undefined);
  const [newest] = rows;
  useLayoutEffect(() => {
    const more = rows.findIndex(({ id }) => id === before.current);
    // At the top the list runs on; further down nobody is moved.
    if (frame.current && more > 0 && frame.current.scrollTop > 0) frame.current.scrollTop += more * HEIGHT;
    before.current = newest?.id;
  }, [newest?.id]);
  return { frame, top };
};

const COLUMNS = ['No.', 'Verdict', 'Time, UTC', 'Called', 'Service', 'Caller', 'Code', 'Took'];
const CLASSES = ['number', 'verdicts', 'time', 'called', 'service', 'caller', 'code', 'duration'];

/** @param place the index of the row that the keyboard is at */
export const Rows = ({ place }: { readonly place: Signal<number> }) => {
  const rows = shown.value;
  const { frame, top } = useKept(rows);
  const seen = Math.ceil((frame.current?.clientHeight ?? 800) / HEIGHT);
  const start = Math.max(0, Math.min(Math.floor(top.value / HEIGHT), rows.length - seen) - AROUND);
  const end = Math.min(rows.length, start + seen + 2 * AROUND);
  const current = Math.min(place.value, rows.length - 1);
  const move = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(rows.length - 1, current + step));
    place.value = next;
    frame.current?.scrollTo({ top: (next - Math.floor(seen / 2)) * HEIGHT });
    requestAnimationFrame(() => {
      frame.current
        ?.querySelector<HTMLAnchorElement>(`a[data-index="${next}"]`)
        ?.focus({ preventScroll: true });
    });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows move between the links that are inside
    <div
      class="rows"
      ref={frame}
      onKeyDown={move}
      onScroll={({ currentTarget }) => {
        top.value = currentTarget.scrollTop;
      }}
    >
      <table aria-label="Exchanges, the newest first" aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map((column, index) => (
              <th key={column} scope="col" class={CLASSES[index]}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {start > 0 && <tr class="space" style={{ height: `${start * HEIGHT}px` }} />}
          {rows.slice(start, end).map((exchange, index) => (
            <Row
              key={exchange.id}
              exchange={exchange}
              index={start + index}
              current={start + index === current || (index === 0 && (current < start || current >= end))}
            />
          ))}
          {end < rows.length && <tr class="space" style={{ height: `${(rows.length - end) * HEIGHT}px` }} />}
        </tbody>
      </table>
    </div>
  );
};
