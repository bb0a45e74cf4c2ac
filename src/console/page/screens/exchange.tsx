// Exchange: one call, from its verdict to its octets.

import { useEffect } from 'preact/hooks';
import { printable } from '../../../kernel/printable.ts';
import { meaningOf } from '../../../kernel/problem.ts';
import { CauseView } from '../parts/cause.tsx';
import { Chain } from '../parts/chain.tsx';
import { LookedAt } from '../parts/looked-at.tsx';
import { Message } from '../parts/message.tsx';
import { OtherProfile } from '../parts/other-profile.tsx';
import { Portable } from '../parts/portable.tsx';
import { ReadAnswer } from '../parts/read-answer.tsx';
import { References } from '../parts/references.tsx';
import { Failure, Screen } from '../parts/screen.tsx';
import { Stages } from '../parts/stages.tsx';
import { plural } from '../parts/text.ts';
import { VerdictMark } from '../parts/verdict.tsx';
import { useAsked } from '../state/asked.ts';
import {
  calledIn,
  callerOf,
  codeOf,
  durationOf,
  type Exchange as Entry,
  verdictOf,
} from '../state/exchange.ts';
import { type Explained, explainedIn, rightnessesIn } from '../state/explanation.ts';
import { chosen, lit } from '../state/lit.ts';
import { linkTo } from '../state/route.ts';

const Summary = ({ exchange }: { readonly exchange: Entry }) => {
  const { at, service, profile, remote, duration, id } = exchange;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['called by', callerOf(exchange)],
    ['from', remote],
    ['service', service],
    ['profile', profile],
    ['answered', codeOf(exchange)],
    ['problem', exchange.problem],
    ['at', at],
    ['took', durationOf(duration)],
    ['Kontakt-Journal', id],
  ];
  return (
    <section class="card" aria-label="Summary">
      <dl class="facts columns">
        {facts.map(
          ([name, text]) =>
            text !== undefined && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{printable(text)}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
};

const TITLES = {
  accepted: 'It was accepted',
  refused: 'Why it was refused',
  fault: 'Why it was refused',
} as const;

interface WhyParts {
  readonly exchange: Entry;
  readonly explained: Explained | undefined;
  readonly failure: string | undefined;
}

const Why = ({ exchange, explained, failure }: WhyParts) => {
  const { warnings = [], explanation } = exchange;
  if (!explanation && warnings.length === 0) return null;
  return (
    <section aria-labelledby="why">
      <h2 id="why">{TITLES[verdictOf(exchange)]}</h2>
      <Failure message={failure} />
      {explanation && !explained && !failure && (
        <p role="status">Looking for what was done to the message …</p>
      )}
      {explained?.causes.map((cause, index) => (
        <CauseView key={cause.cause + index} cause={cause} first={index === 0} />
      ))}
      {warnings.map(({ problem, explanation: { check, expected, found, remedy } }) => (
        <article key={problem + check} class="card">
          <h3>
            {printable(check)}: {meaningOf(problem)} <span class="tag">warning</span>
          </h3>
          <LookedAt expected={expected} found={found} remedy={remedy} />
        </article>
      ))}
    </section>
  );
};

const Content = ({ exchange }: { readonly exchange: Entry }) => {
  const asked = useAsked<unknown>(`/journal/${exchange.number}/explanation`);
  const { json, failure } = asked.value;
  useEffect(
    () => () => {
      lit.value = undefined;
      chosen.value = undefined;
    },
    [],
  );
  const explained = json === undefined ? undefined : explainedIn(json);
  return (
    <>
      <Summary exchange={exchange} />
      <Why exchange={exchange} explained={explained} failure={failure} />
      <Message
        exchange={exchange}
        side="request"
        {...(explained ? { rightness: rightnessesIn(explained) } : {})}
      />
      {explained && (explained.references.length > 0 || explained.signature) && (
        <References explained={explained} exchange={exchange.number} />
      )}
      {exchange.judged && <OtherProfile exchange={exchange} />}
      {explained?.certificate && <Chain certificate={explained.certificate} />}
      <section class="card" aria-labelledby="stages">
        <h2 id="stages">Stages</h2>
        <Stages exchange={exchange} />
      </section>
      <ReadAnswer exchange={exchange.number} />
      <Message exchange={exchange} side="response" />
    </>
  );
};

export const Exchange = ({ id }: { readonly id: string }) => {
  const { json: exchange, failure } = useAsked<Entry>(`/journal/${encodeURIComponent(id)}`).value;
  const around = (step: number) => linkTo('exchange', (exchange?.number ?? 0) + step);
  return (
    <Screen
      title={`Exchange ${exchange?.number ?? id}`}
      {...(exchange ? { lead: printable(calledIn(exchange)) } : {})}
      actions={
        exchange && (
          <>
            <VerdictMark exchange={exchange} />
            {(exchange.warnings?.length ?? 0) > 0 && (
              <span class="tag">{plural(exchange.warnings?.length ?? 0, 'warning')}</span>
            )}
            <Portable number={exchange.number} />
            <a class="button" href={around(-1)} aria-label="The exchange before">
              ←
            </a>
            <a class="button" href={around(1)} aria-label="The exchange after">
              →
            </a>
          </>
        )
      }
    >
      <Failure message={failure} />
      {exchange && <Content key={exchange.id} exchange={exchange} />}
    </Screen>
  );
};
