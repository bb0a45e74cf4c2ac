// Attacks by wrapping: signed elements moved away from where they count, with others in their place.

import { type Arena, openingOf } from './arena.ts';
import { attack, family } from './family.ts';
import { signed, timestampOf } from './message.ts';

const EVIL = openingOf('angriper.evil#6666');
const BODY = /<soap:Body .*<\/soap:Body>/s;
const TIMESTAMP = /<wsu:Timestamp .*<\/wsu:Timestamp>/s;

/** An honest message in parts: the signed Body and Timestamp, and the message with something else instead. */
const parts = (arena: Arena) => {
  const message = arena.message();
  const body = BODY.exec(message)?.[0] ?? '';
  const timestamp = TIMESTAMP.exec(message)?.[0] ?? '';
  return { message, body, timestamp, now: arena.now() };
};
type Parts = ReturnType<typeof parts>;

const wrap = (name: string, problem: string, told: string, make: (given: Parts) => string) =>
  attack(name, problem, told, (arena) => make(parts(arena)));
const uncovered = (name: string, make: (given: Parts) => string) =>
  wrap(name, 'security.coverage', 'FailedCheck', make);
const ambiguous = (name: string, make: (given: Parts) => string) =>
  wrap(name, 'security.id-duplicate', 'FailedCheck', make);
const misshapen = (name: string, make: (given: Parts) => string) =>
  wrap(name, 'soap.structure', 'Client', make);

const evilBody = (attributes = ''): string => `<soap:Body${attributes}>${EVIL}</soap:Body>`;
const fresh = (now: number): string => timestampOf(now, now + 1_700_000).replace('"TS"', '"TS2"');

/** Evil in place, the signed Body wherever the marker of an element is. */
const moved =
  (where: RegExp, attributes = '') =>
  ({ message, body }: Parts): string =>
    message.replace(body, evilBody(attributes)).replace(where, (found) => found.replace('>', `>${body}`));
const movedBefore =
  (where: string, around = (body: string) => body) =>
  ({ message, body }: Parts): string =>
    message.replace(body, evilBody()).replace(where, `${around(body)}${where}`);

family('wrapping', [
  uncovered(
    'a signed Body moved into a header block',
    movedBefore('</soap:Header>', (body) => `<w>${body}</w>`),
  ),
  uncovered('a signed Body moved into the Header itself', movedBefore('</soap:Header>')),
  uncovered(
    'a signed Body in another Envelope in a header',
    movedBefore('</soap:Header>', (body) => `<soap:Envelope>${body}</soap:Envelope>`),
  ),
  uncovered('a signed Body under another Id in place', moved(/<soap:Header>/, ' wsu:Id="Body2"')),
  uncovered('a signed Body inside the token', moved(/<wsse:BinarySecurityToken[^>]*>/)),
  uncovered('a signed Body inside the reference to the token', ({ message, body }) =>
    message.replace(body, evilBody()).replace(/(<wsse:Reference[^>]*)\/>/, `$1>${body}</wsse:Reference>`),
  ),
  wrap(
    'a signed Body in a Reference',
    'security.signature-form',
    'InvalidSecurity',
    moved(/<ds:DigestMethod[^>]*\/>/),
  ),
  uncovered('a signed Body inside the payload', ({ message, body }) =>
    message.replace(
      body,
      `<soap:Body>${EVIL.replace('</m:OpprettPostkasseForespoersel>', `${body}</m:OpprettPostkasseForespoersel>`)}</soap:Body>`,
    ),
  ),
  wrap(
    'a signed Body around which another Body was put',
    'soap.unknown-operation',
    'Client',
    ({ message, body }) => message.replace(body, `<soap:Body>${body}</soap:Body>`),
  ),
  ...['wsu:Id', 'Id', 'ID', 'xml:id'].map((name) =>
    ambiguous(`a second Body with the signed Id in ${name}`, moved(/<soap:Header>/, ` ${name}="Body"`)),
  ),
  ambiguous('the payload bearing the signed Id', ({ message }) =>
    message.replace('<m:OpprettPostkasseForespoersel', '<m:OpprettPostkasseForespoersel Id="Body"'),
  ),
  ambiguous('the Envelope bearing the signed Id', ({ message }) =>
    message.replace('<soap:Envelope', '<soap:Envelope ID="TS"'),
  ),
  ambiguous('an Id twice that nothing refers to', ({ message }) =>
    message.replace('</soap:Header>', '<a Id="x"/><b xml:id="x"/></soap:Header>'),
  ),
  misshapen('two Bodies, the signed first', ({ message, body }) => message.replace(body, body + evilBody())),
  misshapen('two Bodies, the signed last', ({ message, body }) => message.replace(body, evilBody() + body)),
  misshapen('two Headers', ({ message }) =>
    message.replace('</soap:Header>', '</soap:Header><soap:Header/>'),
  ),
  misshapen('a signed Body behind an evil one in the Body', ({ message, body }) =>
    message.replace(body, `<soap:Body>${EVIL}${body}</soap:Body>`),
  ),
  misshapen('a second payload in the Body', ({ message }) =>
    message.replace('</soap:Body>', `${EVIL}</soap:Body>`),
  ),
  misshapen('a Body outside, a trailer', ({ message, body }) => message.replace(body, `${body}<trailer/>`)),
  wrap(
    'a signed Body in an Object',
    'security.signature-form',
    'InvalidSecurity',
    movedBefore('</ds:Signature>', (body) => `<ds:Object>${body}</ds:Object>`),
  ),
  wrap(
    'a signed Body in Security',
    'security.header-content',
    'InvalidSecurity',
    movedBefore('</wsse:Security>'),
  ),
  wrap(
    'a signed Body in KeyInfo',
    'security.token-reference',
    'UnsupportedSecurityToken',
    movedBefore('</ds:KeyInfo>'),
  ),
  wrap(
    'a signed Body in the Timestamp',
    'security.timestamp-form',
    'InvalidSecurity',
    movedBefore('</wsu:Timestamp>'),
  ),
  wrap(
    'a signed Body in SignatureValue',
    'security.signature-value',
    'FailedCheck',
    movedBefore('</ds:SignatureValue>'),
  ),
  uncovered('a signed Timestamp moved away and a fresh one in place', ({ message, timestamp, now }) =>
    message.replace(timestamp, fresh(now)).replace('</soap:Header>', `<w>${timestamp}</w></soap:Header>`),
  ),
  uncovered('a signed Timestamp moved into the reference to the token', ({ message, timestamp, now }) =>
    message
      .replace(timestamp, fresh(now))
      .replace(/(<wsse:Reference[^>]*)\/>/, `$1>${timestamp}</wsse:Reference>`),
  ),
  wrap(
    'a signed Timestamp inside a fresh one',
    'security.timestamp-form',
    'InvalidSecurity',
    ({ message, timestamp, now }) =>
      message.replace(timestamp, fresh(now).replace('</wsu:Timestamp>', `${timestamp}</wsu:Timestamp>`)),
  ),
  wrap(
    'a second Timestamp before the signed one',
    'security.header-content',
    'InvalidSecurity',
    ({ message, timestamp, now }) => message.replace(timestamp, fresh(now) + timestamp),
  ),
  wrap('a changed payload', 'security.digest', 'FailedCheck', ({ message }) =>
    message.replace('kari.testesen', 'kari.angriper'),
  ),
  wrap('a prolonged Timestamp', 'security.digest', 'FailedCheck', ({ message, now }) =>
    message.replace(/<wsu:Expires>[^<]*/, `<wsu:Expires>${new Date(now + 900_000).toISOString()}`),
  ),
  wrap('an attribute more on the Body', 'security.digest', 'FailedCheck', ({ message }) =>
    message.replace('<soap:Body ', '<soap:Body x="y" '),
  ),
  wrap('the Ids of Body and Timestamp exchanged', 'security.digest', 'FailedCheck', ({ message }) =>
    message
      .replace('wsu:Id="Body"', 'wsu:Id="T"')
      .replace('wsu:Id="TS"', 'wsu:Id="Body"')
      .replace('wsu:Id="T"', 'wsu:Id="TS"'),
  ),
  wrap('a prefix bound anew above the signed Body', 'security.digest', 'FailedCheck', ({ message }) =>
    message.replace('xmlns:m=', 'xmlns:n=').replaceAll('m:', 'n:').replace('xmln:', 'xmlns:'),
  ),
  attack('an unsigned Body', 'security.coverage', 'FailedCheck', (arena) =>
    arena.message({ references: [signed('TS')] }),
  ),
  attack('an unsigned Timestamp', 'security.coverage', 'FailedCheck', (arena) =>
    arena.message({ references: [signed('Body')] }),
  ),
  attack('only the token signed', 'security.coverage', 'FailedCheck', (arena) =>
    arena.message({ references: [signed('X509')] }),
  ),
  attack('the payload signed instead of the Body', 'security.coverage', 'FailedCheck', (arena) =>
    arena.message({
      payload: arena.payload.replace(' xmlns:m', ' wsu:Id="P" xmlns:m'),
      references: [signed('TS'), signed('P')],
    }),
  ),
  attack('Created signed instead of the Timestamp', 'security.coverage', 'FailedCheck', (arena) =>
    arena.message({
      timestamp: timestampOf(arena.now()).replace('<wsu:Created', '<wsu:Created wsu:Id="C"'),
      references: [signed('C'), signed('Body')],
    }),
  ),
  wrap('two Security headers for us', 'security.header-duplicate', 'InvalidSecurity', ({ message }) =>
    message.replace('</soap:Header>', '<wsse:Security/></soap:Header>'),
  ),
  wrap(
    'a second Security header for the next actor',
    'security.header-duplicate',
    'InvalidSecurity',
    ({ message }) =>
      message.replace(
        '<soap:Header>',
        '<soap:Header><wsse:Security soap:actor="http://schemas.xmlsoap.org/soap/actor/next"/>',
      ),
  ),
  wrap(
    'a Security header for somebody else only',
    'security.header-missing',
    'InvalidSecurity',
    ({ message }) => message.replace('<wsse:Security ', '<wsse:Security soap:actor="urn:somebody-else" '),
  ),
  wrap(
    'a Security header in another namespace',
    'security.header-missing',
    'InvalidSecurity',
    ({ message }) => message.replace(/<(\/?)wsse:Security( soap[^>]*)?>/g, '<$1soap:Security>'),
  ),
  wrap('two Signatures', 'security.header-content', 'InvalidSecurity', ({ message }) =>
    message.replace(/(<ds:Signature>.*<\/ds:Signature>)/s, '$1$1'),
  ),
  wrap('an unsigned message', 'security.signature-missing', 'InvalidSecurity', ({ message }) =>
    message.replace(/<ds:Signature>.*<\/ds:Signature>/s, ''),
  ),
]);
