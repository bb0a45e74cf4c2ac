// The signer hashed the right text in another encoding.

import { isUtf8 } from 'node:buffer';
import type { Making } from '../hypothesis.ts';

export const digestOfOtherEncoding: Making = {
  cause: 'digest-of-other-encoding',
  sentence: 'the canonical text was hashed in another encoding than UTF-8',
  why: "The signer turns the canonical text into bytes by the platform's encoding, not by UTF-8.",
  rule: 'Canonical XML §1.1: the canonical form is encoded in UTF-8',
  remedy: 'make the octets with UTF-8: getBytes(StandardCharsets.UTF_8), Encoding.UTF8.GetBytes',
  stacks: {
    WCF: 'Encoding.UTF8, not Encoding.Unicode or Encoding.Default',
    PHP: 'hash the string of C14N(), without utf8_encode or utf8_decode',
  },
  *octets({ octets }) {
    const text = octets.toString('utf8');
    const little = Buffer.from(text, 'utf16le');
    const latin1 = Buffer.from(text, 'latin1');
    // Where these are UTF-8, a text that was read in a wrong character set arrived: another cause.
    if (!isUtf8(latin1)) yield latin1;
    yield little;
    yield Buffer.concat([Buffer.from([0xff, 0xfe]), little]);
    const big = Buffer.from(little).swap16();
    yield big;
    yield Buffer.concat([Buffer.from([0xfe, 0xff]), big]);
    yield Buffer.from(`\ufeff${text}`);
    yield Buffer.from(text.replace(/[^\0-\x7f]/g, '?'));
    yield Buffer.from(octets.toString('latin1'), 'utf8');
  },
};
