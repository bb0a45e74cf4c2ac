// What brought a state about: the seed, the control interface, or an exchange, with its link.

import { printable } from '../../../kernel/printable.ts';
import { linkTo } from '../state/route.ts';

export interface Means {
  /** The operation of an exchange; seed or control. */
  readonly means: string;
  readonly exchange?: number | undefined;
  readonly caller?: string | undefined;
  /** Whether the journal still has the exchange. */
  readonly kept?: boolean | undefined;
}

const MEANS: Readonly<Record<string, string>> = {
  seed: 'the seed',
  control: 'the control interface, or this page',
};

export const By = ({ by: { means, exchange, caller, kept } }: { readonly by: Means }) => {
  if (exchange === undefined) return <>{MEANS[means] ?? printable(means)}</>;
  return (
    <>
      {printable(means)}
      {caller && ` by ${printable(caller)}`},{' '}
      {kept ? (
        <a href={linkTo('exchange', exchange)}>exchange {exchange}</a>
      ) : (
        <>exchange {exchange}, which is not in this journal</>
      )}
    </>
  );
};
