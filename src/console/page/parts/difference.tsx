// What was signed and what arrived, one under the other, with the first octet that differs marked in both.

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

const Side = ({ same, rest }: { readonly same: string; readonly rest: string }) => {
  const [first = '', ...others] = [...rest];
  return (
    <code dir="ltr">
      {same}
      <mark>{first || '∅'}</mark>
      <span class="rest">{others.join('')}</span>
    </code>
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
      <figcaption>They differ from octet {at} on. Blanks are ·, tabs →, line ends ⏎.</figcaption>
      <dl>
        <dt>signed</dt>
        <dd>
          <Side same={same} rest={ofSigned} />
        </dd>
        <dt>arrived</dt>
        <dd>
          <Side same={same} rest={ofArrived} />
        </dd>
      </dl>
    </figure>
  );
};
