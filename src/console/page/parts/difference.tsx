// What was signed and what arrived, side by side, with the first octet that differs marked in both.

import type { ComponentChildren } from 'preact';
import type { Difference } from '../state/explanation.ts';

/** The same beginning of two texts, and what is left of each. */
const parted = (
  signed: string,
  arrived: string,
): readonly [same: string, signed: string, arrived: string] => {
  const [left, right] = [[...signed], [...arrived]];
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  return [left.slice(0, at).join(''), left.slice(at).join(''), right.slice(at).join('')];
};

/** A sign of a line end ends the line. */
const lines = (text: string): string => text.replaceAll('⏎', '⏎\n');

interface SideParts {
  readonly title: ComponentChildren;
  readonly same: string;
  readonly rest: string;
}

const Side = ({ title, same, rest }: SideParts) => {
  const [first = '', ...others] = [...rest];
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <code dir="ltr">
          {lines(same)}
          <mark>{first || '∅'}</mark>
          {first === '⏎' && '\n'}
          <span class="rest">{lines(others.join(''))}</span>
        </code>
      </dd>
    </div>
  );
};

export const DifferenceView = ({
  difference: { at, signed, arrived },
}: {
  readonly difference: Difference;
}) => {
  const [same, ofSigned, ofArrived] = parted(signed, arrived);
  return (
    <figure class="difference">
      <figcaption>
        They differ from octet {at} on. Blanks are ·, tabs →, line ends ⏎; ∅ is the end.
      </figcaption>
      <dl>
        <Side title="signed" same={same} rest={ofSigned} />
        <Side title="arrived" same={same} rest={ofArrived} />
      </dl>
    </figure>
  );
};
