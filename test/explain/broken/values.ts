// Messages with a SignatureValue that is wrong.

import { constants, createPrivateKey, privateEncrypt, sign } from 'node:crypto';
import { rsa, timestampOf } from '../../attacks/message.ts';
import { NS } from '../../attacks/names.ts';
import {
  type Broken,
  base64,
  both,
  digest,
  edited,
  hexOf,
  inSignedInfo,
  signing,
  untilUrl,
  value,
  written,
} from './ways.ts';

export const values: readonly Broken[] = [
  { name: 'by another hash', cause: 'signature-of-other-hash', make: value(rsa('sha1')) },
  { name: 'by SHA-512', cause: 'signature-of-other-hash', make: value(rsa('sha512')) },
  {
    name: 'over a digest',
    cause: 'signature-of-digest',
    make: value((octets, key) => signing(digest(octets), key)),
  },
  {
    name: 'without DigestInfo',
    cause: 'signature-without-digest-info',
    make: value((octets, key) =>
      privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digest(octets)),
    ),
  },
  {
    name: 'by PSS',
    cause: 'signature-pss',
    make: value((octets, key) =>
      sign('sha256', octets, { key: createPrivateKey(key), padding: constants.RSA_PKCS1_PSS_PADDING }),
    ),
  },
  {
    name: 'cut off',
    cause: 'signature-truncated',
    make: value((octets, key) => signing(octets, key).subarray(0, 200)),
  },
  {
    name: 'by the key of another client',
    cause: 'wrong-key',
    make: (arena) => value((octets) => signing(octets, arena.client('eboks').keyPem))(arena),
  },
  {
    name: 'reversed',
    cause: 'signature-reversed',
    make: value((octets, key) => Buffer.from(signing(octets, key)).reverse()),
  },
  { name: 'in hexadecimal', cause: 'signature-in-hex', make: written(hexOf) },
  {
    name: 'in base64url',
    cause: 'signature-in-base64url',
    make: untilUrl(written((text) => Buffer.from(text, 'base64').toString('base64url'))),
  },
  {
    name: 'in base64 twice',
    cause: 'signature-base64-twice',
    make: written((text) => base64(Buffer.from(text))),
  },
  {
    name: 'over the Body',
    cause: 'signature-of-other-element',
    make: (arena) => {
      let octets: Buffer = Buffer.alloc(0);
      arena.message({
        references: both((of) =>
          of === 'Body'
            ? {
                declared: (found) => {
                  octets = found;
                  return base64(digest(found));
                },
              }
            : {},
        ),
      });
      return value((_, key) => signing(octets, key))(arena);
    },
  },
  {
    name: 'over inclusive SignedInfo',
    cause: 'signed-info-canonicalized-otherwise',
    make: value((octets, key) =>
      signing(
        Buffer.from(
          octets
            .toString()
            .replace(
              /^<ds:SignedInfo [^>]*/,
              `<ds:SignedInfo ${['ds', 'soap', 'wsse', 'wsu'].map((one) => `xmlns:${one}="${one === 'soap' ? NS.soap11 : NS[one as 'ds']}"`).join(' ')}`,
            ),
        ),
        key,
      ),
    ),
  },
  {
    name: 'the raw text of SignedInfo',
    cause: 'signed-info-raw',
    make: (arena) => {
      const knobs = { timestamp: timestampOf(arena.now(), arena.now() + 60_000) };
      const raw = /<ds:SignedInfo.*<\/ds:SignedInfo>/s.exec(arena.message(knobs))?.[0] ?? '';
      return value((_, key) => signing(Buffer.from(raw), key), knobs)(arena);
    },
  },
  {
    name: 'an attribute in SignedInfo',
    cause: 'signed-info-changed',
    make: edited(inSignedInfo((text) => text.replace('<ds:SignedInfo', '<ds:SignedInfo Id="SI"'))),
  },
];
