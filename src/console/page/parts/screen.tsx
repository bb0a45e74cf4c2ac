// A screen: its heading, what can be done with it, and its content.

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface ScreenParts {
  readonly title: string;
  readonly lead?: string;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The first screen is where the browser puts the reader; from then on each new one is told by its heading. */
let first = true;

export const Screen = ({ title, lead, actions, children }: ScreenParts) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · kontakt-emulator`;
    if (!first) heading.current?.focus();
    first = false;
  }, [title]);
  return (
    <>
      <div class="heading">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p class="lead">{lead}</p>}
        </div>
        {actions && <div class="actions">{actions}</div>}
      </div>
      {children}
    </>
  );
};

export const Failure = ({ message }: { readonly message: string | undefined }) =>
  message === undefined ? null : (
    <p class="failure" role="alert">
      {message}
    </p>
  );
