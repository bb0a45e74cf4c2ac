// Canonical XML of an element of the tree, by libxml2: the octets that signatures are made over.

import { XmlC14NMode, type XmlDocument, type XmlElement } from 'libxml2-wasm';

/** A canonicalization method: which of the two, and the PrefixList of the exclusive one. */
export interface CanonicalForm {
  readonly exclusive: boolean;
  /** Exclusive C14N §2.1, `#default` for the default namespace. */
  readonly prefixes: readonly string[];
  /** Whether comments stay; never for the target of a same-document reference, whose node-set has none (XMLDSig §4.4.3.3). */
  readonly comments?: boolean;
}

/**
 * A start tag in canonical form that declares a namespace URI with an ampersand. Canonical XML §2.3 has it written `&amp;`;
 * libxml2 leaves it as it is, and so gives one URI the octets that other implementations give to another one. No match runs over a
 * second `<`: comments may hold many, and the search must not begin at each and end at the last.
 */
const AMBIGUOUS = /<[^!/<\s>][^<\s>]*(?: xmlns(?::[^<\s=]+)?="[^"&<]*")* xmlns(?::[^<\s=]+)?="[^"&<]*&/;
const AMPERSAND = 0x26;

const unambiguous = (octets: Buffer): Buffer => {
  if (octets.includes(AMPERSAND) && AMBIGUOUS.test(octets.toString('latin1')))
    throw new Error(
      'a namespace URI with an ampersand, of which XML libraries make different canonical forms',
    );
  return octets;
};

/**
 * The canonical octets of an element and all below it, in UTF-8.
 *
 * @throws Error on a relative namespace URI (Canonical XML §1.3), and on one with an ampersand
 */
export const canonicalOctets = (document: XmlDocument, element: XmlElement, form: CanonicalForm): Buffer => {
  const chunks: Buffer[] = [];
  document.canonicalize(
    {
      // The chunk is a view of WebAssembly memory that the next call may overwrite.
      write: (chunk) => {
        chunks.push(Buffer.from(chunk));
        return chunk.byteLength;
      },
      close: () => true,
    },
    {
      mode: form.exclusive ? XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 : XmlC14NMode.XML_C14N_1_0,
      withComments: form.comments ?? false,
      nodeSet: new Set([element]),
      ...(form.exclusive && form.prefixes.length > 0
        ? { inclusiveNamespacePrefixes: [...form.prefixes] }
        : {}),
    },
  );
  return unambiguous(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
};
