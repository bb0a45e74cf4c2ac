// The frame round every screen: where one can go, and whether the emulator is there.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Certificates } from './screens/certificates.tsx';
import { Contract } from './screens/contract.tsx';
import { Exchange } from './screens/exchange.tsx';
import { Exchanges } from './screens/exchanges.tsx';
import { Organisations } from './screens/organisations.tsx';
import { Outbox } from './screens/outbox.tsx';
import { Persons } from './screens/persons.tsx';
import { Switches } from './screens/switches.tsx';
import { TryIt } from './screens/try-it.tsx';
import { route } from './state/route.ts';
import { giveToken, tokenWanted } from './state/session.ts';
import { connection } from './state/stream.ts';

const PLACES = [
  ['exchanges', 'Exchanges'],
  ['persons', 'Persons'],
  ['organisations', 'Organisations'],
  ['outbox', 'Outbox'],
  ['try', 'Try it'],
  ['certificates', 'Certificates'],
  ['switches', 'Switches'],
  ['contract', 'Contract'],
] as const;

const Current = (): ComponentChildren => {
  const [place, first, second] = route.value;
  if (place === 'exchange' && first !== undefined) return <Exchange id={first} />;
  if (place === 'persons') return <Persons country={first} id={second} />;
  if (place === 'organisations') return <Organisations country={first} />;
  if (place === 'outbox') return <Outbox />;
  if (place === 'try') return <TryIt operation={first} />;
  if (place === 'certificates') return <Certificates />;
  if (place === 'switches') return <Switches />;
  if (place === 'contract') return <Contract />;
  return <Exchanges />;
};

const Token = () => {
  const token = useSignal('');
  const dialog = useRef<HTMLDialogElement>(null);
  const wanted = tokenWanted.value;
  useEffect(() => {
    if (wanted === 'no') dialog.current?.close();
    else if (!dialog.current?.open) dialog.current?.showModal();
  }, [wanted]);
  return (
    <dialog ref={dialog} aria-labelledby="token" onCancel={(event) => event.preventDefault()}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          giveToken(token.value.trim());
          token.value = '';
        }}
      >
        <h2 id="token">This emulator asks for a token</h2>
        <p>
          The value of KONTAKT_CONTROL_TOKEN, which it was started with. This tab keeps it until it is closed.
        </p>
        {wanted === 'again' && (
          <p class="failure" role="alert">
            That is not it.
          </p>
        )}
        <label class="field">
          Token
          <input
            type="password"
            required
            autocomplete="off"
            value={token.value}
            onInput={({ currentTarget }) => {
              token.value = currentTarget.value;
            }}
          />
        </label>
        <button type="submit" class="main">
          Go on
        </button>
      </form>
    </dialog>
  );
};

const CONNECTIONS = { opening: 'connecting', open: 'live', lost: 'not connected' } as const;

export const App = () => {
  const [place] = route.value;
  return (
    <>
      <button type="button" class="skip" onClick={() => document.querySelector<HTMLElement>('h1')?.focus()}>
        To the content
      </button>
      <header class="top">
        <a class="brand" href="#/exchanges">
          kontakt<span>-emulator</span>
        </a>
        <nav aria-label="Screens">
          {PLACES.map(([name, label]) => (
            <a
              key={name}
              href={`#/${name}`}
              aria-current={
                name === place || (name === 'exchanges' && place === 'exchange') ? 'page' : undefined
              }
            >
              {label}
            </a>
          ))}
        </nav>
        <span class={`connection ${connection.value}`} role="status">
          {CONNECTIONS[connection.value]}
        </span>
      </header>
      {connection.value === 'lost' && (
        <p class="failure lost" role="alert">
          The emulator does not answer. The page tries again each second.
        </p>
      )}
      <main>
        <Current key={route.value.join('/')} />
      </main>
      <Token />
    </>
  );
};
