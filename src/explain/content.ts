// What a message says that its schema allows and nobody can mean: the form of a certificate, somebody else's number.

import type { XmlElement } from 'libxml2-wasm';
import { stripIcd } from '../identifiers/organisasjonsnummer.ts';
import type { ServiceDescription } from '../soap/service.ts';
import { placeOf } from '../xml/place.ts';
import { children, textOf } from '../xml/tree.ts';
import { below } from './rules/elements.ts';
import type { Refusal } from './rules/rule.ts';
import { isPem } from './rules/token.ts';

/** Not told on the wire by these names: a contract answers them with codes of its own. */
const refusal = (
  problem: 'content.certificate' | 'content.organisation',
  element: XmlElement,
  expected: string,
  found: string,
  remedy: string,
): Refusal => ({
  problem,
  explanation: {
    check: `content of ${element.name}`,
    expected,
    found,
    rule: 'contract: rules of the operation',
    remedy,
    basis: 'assumed',
    where: placeOf(element),
  },
});

export const isOfContent = ({ problem }: Refusal): boolean => problem.startsWith('content.');

/** @param organisation the number in the certificate of the signer; undefined: nobody signed */
export const contentRefusals = (
  payload: XmlElement,
  { callerField }: ServiceDescription,
  organisation: string | undefined,
): Refusal[] =>
  below(payload)
    .filter((element) => children(element).length === 0)
    .flatMap((element) => {
      const text = textOf(element);
      if (isPem(text))
        return [
          refusal(
            'content.certificate',
            element,
            'the base64 of the DER of a certificate',
            'the base64 of a PEM file',
            'decode the PEM first, and write the base64 of the DER',
          ),
        ];
      const number = stripIcd(text.trim());
      return element.name === callerField && organisation !== undefined && number !== organisation
        ? [
            refusal(
              'content.organisation',
              element,
              `the organisation of the signing certificate, ${organisation}`,
              number,
              'send your own number, or sign with the other organisation’s certificate',
            ),
          ]
        : [];
    });
