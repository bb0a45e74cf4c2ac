// The certificate of whoever signed, and whom it leads to: a chain up to what is trusted, or to where it breaks.

import { printable } from '../../../kernel/printable.ts';
import type { Certificate, Link } from '../state/explanation.ts';
import { Failure } from './screen.tsx';

const dayOf = (instant: string): string => instant.slice(0, 10);

const LinkView = ({ link, role }: { readonly link: Link; readonly role: string }) => {
  const { subject, from, until, right, trusted } = link;
  return (
    <li class={right ? '' : 'wrong'}>
      <span class="role">{role}</span>
      <b>{printable(subject)}</b>
      <span class="validity">
        valid{' '}
        <time dateTime={from} title={from}>
          {dayOf(from)}
        </time>{' '}
        to{' '}
        <time dateTime={until} title={until}>
          {dayOf(until)}
        </time>{' '}
        {!right && <span class="verdict fault">✕ not at the time of the message</span>}
        {trusted && <span class="tag certain">✓ trusted</span>}
      </span>
    </li>
  );
};

const roleOf = (index: number, { trusted }: Link): string => {
  if (trusted) return index === 0 ? 'certificate' : 'root';
  return index === 0 ? 'certificate' : 'intermediate';
};

export const Chain = ({
  certificate: { organisation, serial, chain, missing },
}: {
  readonly certificate: Certificate;
}) => (
  <section class="card" aria-labelledby="certificate">
    <h2 id="certificate">
      Certificate{' '}
      <span class="tag">
        {organisation === undefined ? 'names no organisation' : `organisation ${printable(organisation)}`}
      </span>
    </h2>
    {serial !== undefined && <p class="lead">Serial number {printable(serial)}</p>}
    <ol class="chain">
      {chain.map((link, index) => (
        <LinkView key={link.subject + index} link={link} role={roleOf(index, link)} />
      ))}
      {missing !== undefined && (
        <li class="wrong">
          <span class="role">broken</span>
          <Failure message={printable(missing)} />
        </li>
      )}
    </ol>
  </section>
);
