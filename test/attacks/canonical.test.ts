// Attacks on canonical forms: namespace URIs whose octets are those of another URI, too, in another XML library.

import { attack, family } from './family.ts';
import { type Recipe, signed } from './message.ts';
import { URI } from './names.ts';

const refused = (name: string, knobs: Partial<Recipe>) =>
  attack(name, 'security.canonicalization', 'FailedCheck', (arena) => arena.message(knobs));

/** A namespace that is visibly used, so that the exclusive form of the Body declares it. */
const used = (uri: string): string => ` xmlns:q="${uri}" q:a="" wsu:Id="Body"`;
const inclusive = { transforms: [{ algorithm: URI.c14n }] };

family('canonical forms', [
  refused('a namespace URI with an ampersand', { bodyAttributes: used('urn:a?b&amp;c') }),
  // A conforming signer of the URI before makes just these octets: the signature would hold for both.
  refused('a namespace URI that was changed into one with the same octets', {
    bodyAttributes: used('urn:a?b&amp;amp;c'),
  }),
  refused('a namespace URI with an ampersand, inherited from the Envelope', {
    envelopeAttributes: ' xmlns:unused="urn:a?b&amp;c"',
    references: [signed('TS', inclusive), signed('Body', inclusive)],
  }),
  // A comment stays as it is, where SignedInfo is canonicalized with comments: nothing may search it again and again.
  ...['<', '<a ', '<a xmlns:a="', '<a xmlns="" xmlns=""', '" xmlns="', ' xmlns=""', 'a'].map((piece) =>
    attack(
      `a long comment in SignedInfo made of ${piece.trim()}`,
      'security.signature-value',
      'FailedCheck',
      (arena) =>
        arena.message({
          canonicalization: { algorithm: URI.excComments },
          signedInfoTail: `<!-- & <a${piece.repeat(100_000 / piece.length)} -->`,
          signature: () => Buffer.alloc(256, 1),
        }),
    ),
  ),
]);
