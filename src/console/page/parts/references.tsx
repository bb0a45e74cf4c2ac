// The signature: each reference with its element and whether its digest is right, and the octets that it counts over.

import { printable } from '../../../kernel/printable.ts';
import { type Explained, shortAlgorithm } from '../state/explanation.ts';
import { pointing } from '../state/lit.ts';
import { Badge } from './badge.tsx';
import { OctetsView } from './octets.tsx';
import { Right } from './right.tsx';

export const References = ({
  explained: { references, signature, coverage, second },
  exchange,
}: {
  readonly explained: Explained;
  /** Its number. */
  readonly exchange: number;
}) => (
  <section class="card" aria-labelledby="signed">
    <h2 id="signed">What is signed</h2>
    {references.length === 0 ? (
      <p>No reference of a signature was read.</p>
    ) : (
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Reference</th>
              <th scope="col">Element</th>
              <th scope="col">Digest</th>
              <th scope="col">Method</th>
              <th scope="col">Canonical form</th>
            </tr>
          </thead>
          <tbody>
            {references.map(({ id, element, digest, method, transform }, index) => (
              <tr key={id + element}>
                <td>
                  <button type="button" class="plain" {...pointing('request', index + 1)}>
                    <Badge of={index + 1} /> #{printable(id)}
                  </button>
                </td>
                <td>{printable(element)}</td>
                <td>
                  <Right value={digest} />
                </td>
                <td>{printable(shortAlgorithm(method))}</td>
                <td>{printable(shortAlgorithm(transform))}</td>
              </tr>
            ))}
            {signature && (
              <tr>
                <td>
                  <button type="button" class="plain" {...pointing('request', 'signed-info')}>
                    <Badge of="signed-info" /> SignatureValue
                  </button>
                </td>
                <td>SignedInfo</td>
                <td>
                  <Right value={signature.value} />
                </td>
                <td>{printable(shortAlgorithm(signature.method))}</td>
                <td />
              </tr>
            )}
          </tbody>
        </table>
      </div>
    )}
    {coverage.some(({ signedBy }) => signedBy === undefined) && (
      <p>
        Not signed:{' '}
        {coverage
          .filter(({ signedBy }) => signedBy === undefined)
          .map(({ element }) => printable(element))
          .join(', ')}
      </p>
    )}
    {second && (
      <p class="lead">
        {second.library} says {second.verdict}: {printable(second.why)}
      </p>
    )}
    {references.map(
      ({ id, octets }, index) =>
        octets && (
          <OctetsView
            key={id}
            exchange={exchange}
            reference={String(index + 1)}
            of={`#${printable(id)}`}
            bytes={octets.bytes}
          />
        ),
    )}
    {signature?.octets && (
      <OctetsView exchange={exchange} reference="SignedInfo" of="SignedInfo" bytes={signature.octets.bytes} />
    )}
  </section>
);
