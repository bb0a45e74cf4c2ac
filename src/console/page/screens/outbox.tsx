// Outbox: codes and reminders as the citizen received them.

import { printable } from '../../../kernel/printable.ts';
import { Copy } from '../parts/copy.tsx';
import { Failure, Screen } from '../parts/screen.tsx';
import { useAsked } from '../state/asked.ts';
import { linkTo } from '../state/route.ts';

interface Sent {
  readonly id: number;
  readonly at: string;
  readonly citizen: string;
  readonly channel: string;
  readonly address: string;
  readonly kind: string;
  readonly code: string | null;
  readonly text: string;
}

const MessageOf = ({
  sent: { at, citizen, channel, address, kind, code, text },
}: {
  readonly sent: Sent;
}) => (
  <li class="card phone">
    <header>
      <b>{printable(address)}</b>
      <span class="tag">
        {channel === 'sms' ? 'SMS' : 'e-mail'}, {kind}
      </span>
    </header>
    <p class="bubble">{printable(text)}</p>
    {code !== null && (
      <p class="code">
        <output aria-label="Code">{printable(code)}</output> <Copy label="Copy the code" text={() => code} />
      </p>
    )}
    <footer>
      to <a href={linkTo('persons', 'dk', citizen)}>{citizen}</a> at <time dateTime={at}>{at}</time>
    </footer>
  </li>
);

export const Outbox = () => {
  const { json, failure } = useAsked<{ messages: readonly Sent[] }>(
    '/outbox?limit=200',
    'outbox',
    'reset',
  ).value;
  return (
    <Screen
      title="Outbox"
      lead="Codes and reminders as citizens would have received them. Nothing is ever sent."
    >
      <Failure message={failure} />
      {json?.messages.length === 0 && (
        <div class="empty">
          <p>
            No message yet. <a href="#/try/rest.GetVerifikationskode">Ask for a verification code</a>, and it
            comes here.
          </p>
        </div>
      )}
      <ol class="outbox">
        {json?.messages.map((sent) => (
          <MessageOf key={sent.id} sent={sent} />
        ))}
      </ol>
    </Screen>
  );
};
