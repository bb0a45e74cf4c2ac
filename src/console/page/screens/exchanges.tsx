// Exchanges: what comes, while it comes, the newest first.

import { type Signal, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { printable } from '../../../kernel/printable.ts';
import { Failure, Screen } from '../parts/screen.tsx';
import { plural } from '../parts/text.ts';
import { type Verdict, verdicts } from '../state/exchange.ts';
import {
  callers,
  clearedCount,
  empty,
  exchanges,
  filter,
  heldCount,
  hide,
  paused,
  restore,
  resume,
  services,
  shown,
} from '../state/exchanges.ts';
import { messageOf } from '../state/session.ts';
import { FirstVisit } from './first-visit.tsx';
import { Rows } from './rows.tsx';

interface ChoiceParts<Value extends string> {
  readonly label: string;
  readonly value: Signal<Value | ''>;
  readonly all: readonly Value[];
}

const Choice = <Value extends string>({ label, value, all }: ChoiceParts<Value>) => (
  <label>
    {label}{' '}
    <select
      value={value.value}
      onChange={({ currentTarget }) => {
        value.value = currentTarget.value as Value | '';
      }}
    >
      <option value="">all</option>
      {all.map((one) => (
        <option key={one} value={one}>
          {printable(one)}
        </option>
      ))}
    </select>
  </label>
);

const Filters = () => (
  <search class="filters">
    <Choice<Verdict> label="Verdict" value={filter.verdict} all={verdicts} />
    <Choice label="Service" value={filter.service} all={services.value} />
    <Choice label="Caller" value={filter.caller} all={callers.value} />
    <label class="grow">
      <span class="sr">Search</span>
      <input
        type="search"
        placeholder="Operation, caller, code, number"
        value={filter.text.value}
        onInput={({ currentTarget }) => {
          filter.text.value = currentTarget.value;
        }}
      />
    </label>
    <span class="count" role="status">
      {plural(shown.value.length, 'exchange')}
    </span>
  </search>
);

/** Asks before anything is forgotten: what is only out of sight comes back. */
const Clear = () => {
  const dialog = useRef<HTMLDialogElement>(null);
  const failure = useSignal<string | undefined>(undefined);
  const close = (): void => dialog.current?.close();
  const forget = async (): Promise<void> => {
    try {
      await empty();
      close();
    } catch (error) {
      failure.value = messageOf(error);
    }
  };
  return (
    <>
      <button
        type="button"
        disabled={shown.value.length === 0}
        onClick={() => {
          failure.value = undefined;
          dialog.current?.showModal();
        }}
      >
        Clear
      </button>
      <dialog ref={dialog} aria-labelledby="clear">
        <h2 id="clear">Clear the list</h2>
        <p>
          Hide takes the exchanges out of sight here; the journal keeps them. Forget empties the journal for
          everybody, and cannot be undone.
        </p>
        <Failure message={failure.value} />
        <div class="actions">
          <button
            type="button"
            class="main"
            onClick={() => {
              hide();
              close();
            }}
          >
            Hide
          </button>
          <button type="button" class="danger" onClick={forget}>
            Forget
          </button>
          <button type="button" onClick={close}>
            Cancel
          </button>
        </div>
      </dialog>
    </>
  );
};

const Actions = () => (
  <>
    <button
      type="button"
      aria-pressed={paused.value}
      onClick={() => {
        if (paused.value) resume();
        else paused.value = true;
      }}
    >
      {paused.value ? `Go on${heldCount.value > 0 ? ` (${heldCount.value} new)` : ''}` : 'Pause'}
    </button>
    <Clear />
  </>
);

const Nothing = () => (
  <div class="empty">
    <p>No exchange fits.</p>
    {clearedCount.value > 0 && (
      <button type="button" onClick={restore}>
        Show the {plural(clearedCount.value, 'exchange')} that are hidden
      </button>
    )}
  </div>
);

export const Exchanges = () => {
  const known = exchanges.value;
  const place = useSignal(0);
  return (
    <Screen title="Exchanges" lead="What came to the services, and what became of it." actions={<Actions />}>
      {known === undefined && <p role="status">Asking the emulator …</p>}
      {known?.length === 0 && <FirstVisit />}
      {known !== undefined && known.length > 0 && (
        <>
          <Filters />
          {shown.value.length === 0 ? <Nothing /> : <Rows place={place} />}
        </>
      )}
    </Screen>
  );
};
