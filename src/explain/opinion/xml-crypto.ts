// What xml-crypto says of a message: a library that checks a signature and nothing around it.
//
// Loaded only where an explanation is asked for. Nothing that it says counts for the verdict.

import { SignedXml } from 'xml-crypto';
import { shortened } from '../../kernel/brief.ts';
import type { Opinion, Signed } from './opinion.ts';

const LONGEST = 200;

/** Its parser writes what it does not like to the console, where nobody asked for it. */
const quietly = <Value>(run: () => Value): Value => {
  const { console: own } = globalThis;
  const silent = (): void => undefined;
  globalThis.console = Object.assign(Object.create(own), { warn: silent, error: silent, log: silent });
  try {
    return run();
  } finally {
    globalThis.console = own;
  }
};

const WRONG_VALUE = /^invalid signature: the signature value/;

const check = ({ message, signature, certificate }: Signed): Opinion => {
  const verifier = new SignedXml({ publicCert: certificate });
  verifier.loadSignature(signature);
  try {
    if (verifier.checkSignature(message)) return { says: 'valid', why: 'digests and signature value hold' };
  } catch (error) {
    if (error instanceof Error && WRONG_VALUE.test(error.message))
      return { says: 'invalid', why: 'the signature value does not hold' };
    throw error;
  }
  const wrong = verifier.getReferences().find(({ validationError }) => validationError);
  const uri = shortened(wrong?.uri ?? '', LONGEST);
  return {
    says: 'invalid',
    why: /could not find/.test(wrong?.validationError?.message ?? '')
      ? `no element has the Id of ${uri}`
      : `the digest of ${uri} does not hold`,
  };
};

/** Whatever it throws on is what it cannot say. */
export const askXmlCrypto = (signed: Signed): Opinion => {
  try {
    return quietly(() => check(signed));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { says: 'cannot say', why: `xml-crypto ends with: ${shortened(why, LONGEST)}` };
  }
};
