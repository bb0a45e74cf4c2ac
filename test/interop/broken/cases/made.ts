// Messages whose signer makes its digests otherwise than it says.

import { by, type Case } from '../case.ts';

export const made: readonly Case[] = [
  ...by(['PHP'], 'id-late', 'id-set-after-digest'),
  ...by(['zeep'], 'id-late', 'id-set-after-digest'),
  ...by(['PHP', 'WSS4J'], 'digest-inclusive', 'inclusive-labelled-exclusive'),
  ...by(['zeep'], 'digest-c14n', 'inclusive-labelled-exclusive'),
  ...by(['PHP'], 'labelled-inclusive', 'exclusive-labelled-inclusive'),
  ...by(['PHP'], 'digest-prefixes', 'prefix-list-used-not-written'),
  ...by(['PHP'], 'prefixes-written', 'prefix-list-written-not-used'),
  ...by(['PHP'], 'no-transforms', 'transforms-missing'),
  ...by(['PHP', 'zeep', 'WSS4J'], 'digest-comments', 'comment-counted', { payload: 'commented' }),
  ...by(['PHP', 'zeep', 'WSS4J', 'xml-crypto'], 'digest-sha1', 'digest-of-other-algorithm'),
  ...by(['PHP', 'xml-crypto'], 'digest-sha512', 'digest-of-other-algorithm'),
  ...by(['PHP'], 'digest-md5', 'digest-of-other-algorithm'),
  ...by(['PHP', 'zeep', 'WSS4J', 'xml-crypto'], 'digest-hex', 'digest-in-hex'),
  ...by(['PHP', 'zeep', 'xml-crypto'], 'digest-hex-base64', 'digest-in-hex'),
  ...by(['PHP', 'xml-crypto'], 'digest-twice', 'digest-base64-twice'),
  ...by(['PHP', 'zeep', 'WSS4J', 'xml-crypto'], 'digest-url', 'digest-in-base64url'),
  ...by(['PHP', 'WSS4J'], 'digest-unpadded', 'digest-unpadded'),
  ...by(['PHP', 'WSS4J', 'xml-crypto'], 'digest-cut', 'digest-truncated'),
  ...by(['PHP', 'WSS4J', 'xml-crypto'], 'digest-of-digest', 'digest-of-digest'),
  ...by(['PHP', 'zeep'], 'digest-of-hex', 'digest-of-digest'),
  ...by(['xml-crypto'], 'digest-of-base64', 'digest-of-digest'),
  ...by(['PHP'], 'digest-saved', 'digest-of-raw-text'),
  ...by(['zeep'], 'digest-tostring', 'digest-of-raw-text', { payload: 'letters' }),
  ...by(['WSS4J'], 'digest-saved', 'digest-of-raw-text'),
  ...by(['PHP', 'zeep'], 'digest-content', 'digest-of-content'),
  ...by(['WSS4J'], 'digest-payload', 'digest-of-content'),
  ...by(['PHP', 'zeep'], 'digest-text', 'digest-of-text'),
  ...by(['PHP'], 'digest-document', 'digest-of-document'),
  ...by(['PHP'], 'digest-swapped', 'digest-of-other-element'),
  ...by(['PHP'], 'digest-nothing', 'digest-of-nothing'),
  ...by(['PHP', 'zeep', 'WSS4J'], 'digest-utf16', 'digest-of-other-encoding'),
  ...by(['zeep'], 'digest-bom', 'digest-of-other-encoding'),
  ...by(['PHP', 'WSS4J', 'xml-crypto'], 'digest-latin1', 'digest-of-other-encoding', { payload: 'letters' }),
  ...by(['WSS4J'], 'digest-ascii', 'digest-of-other-encoding', { payload: 'letters' }),
  // Two mistakes at once.
  ...by(['PHP'], 'digest-inclusive-sha1', 'inclusive-labelled-exclusive', {
    besides: ['digest-of-other-algorithm'],
  }),
  ...by(['zeep'], 'digest-c14n-comments', 'inclusive-labelled-exclusive', {
    payload: 'commented',
    besides: ['comment-counted'],
  }),
];
