// Security headers with a part too few, too many, in a wrong place or under a wrong name.

import { directReference, keyInfoOf, signed } from '../../attacks/message.ts';
import { NS, URI } from '../../attacks/names.ts';
import { type Broken, both, edited } from './ways.ts';

const TIMESTAMP = /<wsu:Timestamp.*<\/wsu:Timestamp>/s;
const TOKEN = /<wsse:BinarySecurityToken.*<\/wsse:BinarySecurityToken>/s;
const SIGNATURE = /<ds:Signature>.*<\/ds:Signature>/s;
const SECURITY = /<wsse:Security.*<\/wsse:Security>/s;
const partIn = (part: RegExp, text: string): string => part.exec(text)?.[0] ?? '';
/** Takes a part out, and puts it before something else. */
const moved = (part: RegExp, before: string): Broken['make'] =>
  edited((text) => text.replace(part, '').replace(before, partIn(part, text) + before));

export const parts: readonly Broken[] = [
  {
    name: 'no Security at all',
    cause: 'signature-missing',
    make: edited((text) => text.replace(SECURITY, '')),
  },
  { name: 'Timestamp beside Security', cause: 'element-misplaced', make: moved(TIMESTAMP, '</soap:Header>') },
  { name: 'Signature beside Security', cause: 'element-misplaced', make: moved(SIGNATURE, '</soap:Header>') },
  {
    name: 'Signature in the Body',
    cause: 'element-misplaced',
    make: edited((text) =>
      text
        .replace(SIGNATURE, '')
        .replace('</m:postkasseadresse>', `</m:postkasseadresse>${partIn(SIGNATURE, text)}`),
    ),
  },
  { name: 'token beside Security', cause: 'element-misplaced', make: moved(TOKEN, '</soap:Header>') },
  {
    name: 'everything of Security without Security',
    cause: 'element-misplaced',
    make: edited((text) => text.replace(/<wsse:Security[^>]*>/, '').replace('</wsse:Security>', '')),
  },
  {
    name: 'Signature in the Security header of another',
    cause: 'element-misplaced',
    make: edited((text) =>
      text
        .replace(SIGNATURE, '')
        .replace(
          '</soap:Header>',
          `<wsse:Security soap:actor="urn:other">${partIn(SIGNATURE, text)}</wsse:Security></soap:Header>`,
        ),
    ),
  },
  {
    name: 'KeyInfo beside the Signature',
    cause: 'element-misplaced',
    make: edited((text) => text.replace(/(<ds:KeyInfo>.*<\/ds:KeyInfo>)(<\/ds:Signature>)/s, '$2$1')),
  },
  {
    name: 'a Security header for another actor',
    cause: 'actor-of-another',
    make: ({ message }) => message({ securityAttributes: ' soap:actor="urn:other"' }),
  },
  {
    name: 'two Security headers',
    cause: 'two-of-one',
    make: ({ message }) => message({ after: '<wsse:Security/>' }),
  },
  {
    name: 'two Timestamps',
    cause: 'two-of-one',
    make: ({ message }) => message({ order: ['token', 'timestamp', '<wsu:Timestamp/>', 'signature'] }),
  },
  {
    name: 'Created twice',
    cause: 'two-of-one',
    besides: ['element-added'],
    make: edited((text) => text.replace(/(<wsu:Created>.*<\/wsu:Created>)/s, '$1$1')),
  },
  {
    name: 'two KeyInfo',
    cause: 'two-of-one',
    make: ({ message }) => message({ objects: keyInfoOf(directReference()) }),
  },
  { name: 'no KeyInfo', cause: 'key-info-missing', make: ({ message }) => message({ keyInfo: '' }) },
  {
    name: 'an Object in the Signature',
    cause: 'signature-form',
    make: ({ message }) => message({ objects: '<ds:Object/>' }),
  },
  {
    name: 'a stranger in Security',
    cause: 'element-unknown',
    make: ({ message }) => message({ order: ['token', 'timestamp', '<x xmlns="urn:x"/>', 'signature'] }),
  },
  {
    name: 'a Timestamp of a draft',
    cause: 'wrong-namespace',
    make: edited((text) =>
      text
        .replace('<wsu:Timestamp ', '<u:Timestamp xmlns:u="http://schemas.xmlsoap.org/ws/2003/06/utility" ')
        .replace('</wsu:Timestamp>', '</u:Timestamp>'),
    ),
  },
  {
    name: 'Created in no namespace',
    cause: 'wrong-namespace',
    make: edited((text) => text.replace(/wsu:Created/g, 'Created')),
  },
  {
    name: 'a Security header of a draft',
    cause: 'wrong-namespace',
    make: ({ message }) =>
      message({ securityAttributes: '' }).replaceAll(NS.wsse, 'http://schemas.xmlsoap.org/ws/2003/06/secext'),
  },
  {
    name: 'an Id of a draft',
    cause: 'wrong-namespace',
    make: ({ message }) =>
      message({ bodyAttributes: ' xmlns:u="http://schemas.xmlsoap.org/ws/2003/06/utility" u:Id="Body"' }),
  },
  {
    name: 'an Id in lower case',
    cause: 'id-in-wrong-attribute',
    make: ({ message }) => message({ bodyAttributes: ' id="Body"' }),
  },
  {
    name: 'an Id in a namespace of one’s own',
    cause: 'id-in-wrong-attribute',
    make: ({ message }) => message({ bodyAttributes: ' xmlns:o="urn:o" o:Id="Body"' }),
  },
  {
    name: 'a token whose Id is in lower case',
    cause: 'id-in-wrong-attribute',
    make: edited((text) => text.replace('BinarySecurityToken wsu:Id=', 'BinarySecurityToken id=')),
  },
  {
    name: 'a token without its Id',
    cause: 'id-missing',
    make: edited((text) => text.replace('BinarySecurityToken wsu:Id="X509"', 'BinarySecurityToken')),
  },
  {
    name: 'a reference without its #',
    cause: 'signature-form',
    remedy: /^write URI="#/,
    make: edited((text) => text.replace(/(<ds:Reference URI=")#/, '$1')),
  },
  {
    name: 'the whole document signed',
    cause: 'reference-of-whole-document',
    make: ({ message }) =>
      message({
        references: [
          {
            target: '/*',
            uri: '',
            transforms: [{ algorithm: `${NS.ds}enveloped-signature` }, { algorithm: URI.exc }],
          },
        ],
      }),
  },
  {
    name: 'an attachment signed',
    cause: 'signature-form',
    make: ({ message }) =>
      message({ references: [...both(() => ({})), { target: undefined, uri: 'cid:a' }] }),
  },
  {
    name: 'a signed Body that was moved',
    cause: 'signed-elsewhere',
    make: edited((text) => {
      const body = partIn(/<soap:Body.*<\/soap:Body>/s, text);
      return text
        .replace('</soap:Header>', `<wrapper xmlns="urn:w">${body}</wrapper></soap:Header>`)
        .replace(/(<\/soap:Header><soap:Body) wsu:Id="Body"/, '$1');
    }),
  },
  {
    name: 'the Timestamp not signed',
    cause: 'not-signed',
    make: ({ message }) => message({ references: [signed('Body')] }),
  },
  { name: 'sent twice', cause: 'replayed', sent: 2, make: ({ message }) => message() },
];
