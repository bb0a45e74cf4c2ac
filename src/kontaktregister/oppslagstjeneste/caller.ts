// Who calls, and for whom: the organisation of the certificate acts for itself, or for the one that the header names.

import type { XmlElement } from 'libxml2-wasm';
import { stripIcd } from '../../identifiers/organisasjonsnummer.ts';
import { isProblem, type Problem, type QName } from '../../kernel/problem.ts';
import type { SecurityProblem } from '../../security/problems.ts';
import type { Envelope } from '../../soap/envelope.ts';
import type { Protection } from '../../soap/protection.ts';
import type { Caller } from '../../soap/service.ts';
import { placeOf } from '../../xml/place.ts';
import { children, isNamed, onlyText, printNames } from '../../xml/tree.ts';

export interface LookupCaller extends Caller {
  /** The organisation that the header names; undefined: the caller acts for itself. */
  readonly onBehalfOf?: string;
}

/** The header block is there and cannot be read. */
export type HeaderProblem = Problem<'oppslag.header'>;

export const BLOCK = 'Oppslagstjenesten';
export const FIELD = 'PaaVegneAv';

const unreadable = (found: string, where?: XmlElement): HeaderProblem => ({
  problem: 'oppslag.header',
  explanation: {
    check: `header block ${BLOCK}`,
    expected: `one ${BLOCK} with one ${FIELD} in it, which holds an organisation number`,
    found,
    rule: 'contract: the header that the WSDL declares',
    remedy: `send one ${FIELD}, or leave the header block out and act for your own organisation`,
    basis: 'documented',
    ...(where ? { where: placeOf(where) } : {}),
  },
});

/** The organisation that the header names; undefined: no such header. */
const readBlock = ({ blocks }: Envelope, { namespace, name }: QName): string | HeaderProblem | undefined => {
  const [block, ...others] = blocks
    .filter(({ element, ours }) => ours && isNamed(element, namespace, name))
    .map(({ element }) => element);
  if (!block) return undefined;
  if (others.length > 0) return unreadable(`${others.length + 1} of them`, others[0]);
  const [field, ...more] = children(block);
  if (!field || more.length > 0 || !isNamed(field, namespace, FIELD))
    return unreadable(printNames(children(block)), block);
  const number = onlyText(field)?.trim();
  return number ? number : unreadable(`a ${FIELD} without a number`, field);
};

/** A protection that also finds out whom the caller acts for. */
export const withDelegation = (
  inner: Protection<Caller, Problem<SecurityProblem>>,
  header: QName | undefined,
): Protection<LookupCaller, Problem<SecurityProblem> | HeaderProblem> => ({
  ...inner,
  admit: (envelope, peer) => {
    const admitted = inner.admit(envelope, peer);
    if (isProblem(admitted)) return admitted;
    const named = header && readBlock(envelope, header);
    if (named === undefined) return admitted;
    if (isProblem(named)) return named;
    return { ...admitted, caller: { ...admitted.caller, onBehalfOf: stripIcd(named) } };
  },
});
