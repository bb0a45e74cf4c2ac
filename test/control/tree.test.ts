// A message of the journal as a tree: what is signed by the anatomy that judges, in parts where it is large.

import assert from 'node:assert/strict';
import type { Tree } from '../../src/explain/tree/exchange-tree.ts';
import type { TreeElement, TreeNode } from '../../src/explain/tree/tree.ts';
import { type Arena, openArena, openingOf, PERSON } from '../attacks/arena.ts';
import { control } from '../running.ts';

const MASKED = '128384*****';
const BODY = /<soap:Body .*<\/soap:Body>/s;

const isElement = (node: TreeNode): node is TreeElement => node.kind === 'element';
const elementsIn = (nodes: readonly TreeNode[]): TreeElement[] =>
  nodes.filter(isElement).flatMap((one) => [one, ...elementsIn(one.nodes)]);
const placesOf = ({ nodes }: Tree, of: (one: TreeElement) => boolean): string[] =>
  elementsIn(nodes)
    .filter(of)
    .map(({ at, name }) => `${at} ${name}`);

describe('the tree of a message', () => {
  let arena: Arena;
  before(async () => {
    arena = await openArena();
  });
  after(() => arena.emulator.close());

  const ask = (number: number, query = '') =>
    control(arena.emulator.url, 'GET', `/journal/${number}/tree${query}`);
  const treeOf = async (number: number, query = ''): Promise<Tree> => {
    const { http, json } = await ask(number, query);
    assert.equal(http, 200, JSON.stringify(json));
    return json as Tree;
  };
  /** Sends a message, and tells its number. */
  const send = async (message: string | Buffer): Promise<number> => {
    const { headers } = await arena.post(message);
    return Number(headers.get('kontakt-journal')?.split('-')[1]);
  };

  /** Makes a call as the control interface makes it. */
  const called = async (operation: string): Promise<{ number: number }> => {
    const { json } = await control(arena.emulator.url, 'POST', '/call', { operation });
    return (json as { exchange: { number: number } }).exchange;
  };

  it('has at each signed element the reference that signs it, and says what is not signed', async () => {
    const tree = await treeOf(await send(arena.message()));
    assert.deepEqual(tree.protection, { state: 'signed' });
    assert.deepEqual(
      tree.references.map(({ place, uri }) => [place, uri]),
      [
        [1, '#TS'],
        [2, '#Body'],
      ],
    );
    for (const { place, at } of tree.references)
      assert.deepEqual(
        elementsIn(tree.nodes)
          .filter(({ references }) => references.includes(place))
          .map((one) => one.at),
        [at],
      );
    assert.match(
      placesOf(tree, ({ marks }) => marks.includes('signed-info')).join(),
      /^[\d.]+ ds:SignedInfo$/,
    );
    assert.match(placesOf(tree, ({ marks }) => marks.includes('body')).join(), /^0\.1 soap:Body$/);
    assert.match(
      placesOf(tree, ({ marks }) => marks.includes('not-signed')).join(),
      /^[\d.]+ wsse:BinarySecurityToken$/,
    );
  });

  it('tells the Body that is signed from the Body that is read', async () => {
    const message = arena.message();
    const body = BODY.exec(message)?.[0] ?? '';
    const evil = `<soap:Body>${openingOf('angriper.evil#6666')}</soap:Body>`;
    const tree = await treeOf(
      await send(message.replace(body, evil).replace('</soap:Header>', `<w>${body}</w></soap:Header>`)),
    );
    assert.match(placesOf(tree, ({ references }) => references.includes(2)).join(), /^0\.0\.1\.0 soap:Body$/);
    const [read] = elementsIn(tree.nodes).filter(({ marks }) => marks.includes('body'));
    assert.deepEqual([read?.at, read?.references, read?.marks], ['0.1', [], ['body', 'not-signed']]);
  });

  it('marks nothing where Ids are ambiguous, and nothing in XML that is no SOAP message', async () => {
    const message = arena.message().replace('<soap:Header>', '<soap:Header><w Id="Body"/>');
    const ambiguous = await treeOf(await send(message));
    assert.deepEqual(
      ambiguous.references.map(({ uri, at }) => [uri, at]),
      [
        ['#TS', null],
        ['#Body', null],
      ],
    );
    assert.deepEqual(
      placesOf(ambiguous, ({ references }) => references.length > 0),
      [],
    );
    assert.deepEqual(
      placesOf(ambiguous, ({ marks }) => marks.includes('not-signed')),
      [],
    );
    assert.equal(ambiguous.protection?.state, 'unknown');
    assert.match(JSON.stringify(ambiguous.protection), /uniqueness of Ids.*on Body and on w/);
    const other = await treeOf(await send('<a b="1">c<!--d--><![CDATA[e]]></a>'));
    assert.deepEqual(other, {
      protection: null,
      references: [],
      nodes: [
        {
          kind: 'element',
          at: '0',
          name: 'a',
          namespace: '',
          attributes: [{ name: 'b', value: '1' }],
          attributesLeftOut: 0,
          references: [],
          marks: [],
          nodes: [
            { kind: 'text', text: 'c', characters: 1 },
            { kind: 'comment', text: 'd', characters: 1 },
            { kind: 'cdata', text: 'e', characters: 1 },
          ],
        },
      ],
    });
  });

  it('hides the numbers of persons, however they are written, unless they are asked for', async () => {
    const split = `${PERSON.slice(0, 4)}<![CDATA[${PERSON.slice(4)}]]>`;
    const number = await send(
      `<a b="${PERSON}">${PERSON}<b>&#49;${PERSON.slice(1)}</b><c>${split}</c><!--${PERSON}--></a>`,
    );
    const shown = JSON.stringify(await treeOf(number));
    assert.doesNotMatch(shown, /38410985|84109|10985/);
    assert.ok(shown.split(MASKED).length >= 5, shown);
    assert.ok(JSON.stringify(await treeOf(number, '?unmasked=true')).includes(PERSON));
  });

  it('comes in parts where it is large: what is signed at once, the rest where it is asked for', async () => {
    const message = arena.message();
    const many = '<x><y>1</y></x>'.repeat(4000);
    const number = await send(
      message
        .replace('<soap:Header>', `<soap:Header><w>${many}</w><w>`)
        .replace('<wsse:Sec', '</w><wsse:Sec'),
    );
    const tree = await treeOf(number);
    const told = elementsIn(tree.nodes);
    assert.ok(told.length < 500, String(told.length));
    assert.ok(told.some(({ references }) => references.includes(2)));
    const [around] = told.filter(({ name }) => name === 'w');
    assert.ok(around);
    const all: TreeNode[] = [...around.nodes];
    for (let gap = all.at(-1); gap?.kind === 'gap'; gap = all.at(-1)) {
      all.pop();
      const more = await treeOf(number, `?at=${around.at}&from=${gap.from}&count=${gap.count}`);
      assert.ok(more.nodes.length > 1 && more.nodes.length <= 401, String(more.nodes.length));
      all.push(...more.nodes);
    }
    assert.deepEqual(
      all.map((node) => isElement(node) && node.at),
      Array.from({ length: 4000 }, (_, index) => `${around.at}.${index}`),
    );
  });

  it('counts the references as the octets are asked for, also where one leads nowhere', async () => {
    const number = await send(arena.message().replace('wsu:Id="TS"', 'wsu:Id="TS2"'));
    const tree = await treeOf(number);
    assert.equal(tree.references[0]?.at, null);
    const [signed] = elementsIn(tree.nodes).filter(({ references }) => references.includes(2));
    assert.equal(signed?.name, 'soap:Body');
    const octets = await fetch(`${arena.emulator.url}/_emulator/journal/${number}/octets?reference=2`);
    assert.match(await octets.text(), /^<soap:Body /);
  });

  it('of the answer has its own signature', async () => {
    const tree = await treeOf(await send(arena.message()), '?side=response');
    assert.ok(tree.references.length >= 2);
    const [read] = elementsIn(tree.nodes).filter(({ marks }) => marks.includes('body'));
    assert.equal(read?.references.length, 1);
  });

  it('of an encrypted answer has the references that are there, and says that it was signed before', async () => {
    const { number } = await called('oppslagstjeneste.HentPersoner');
    const tree = await treeOf(number, '?side=response');
    assert.deepEqual(tree.protection, { state: 'signed-then-encrypted' });
    assert.ok(tree.references.length >= 2 && tree.references.every(({ at }) => at !== null));
    const [body] = elementsIn(tree.nodes).filter(({ marks }) => marks.includes('body'));
    assert.equal(body?.references.length, 1);
    assert.deepEqual(
      placesOf(tree, ({ marks }) => marks.includes('not-signed')).filter((place) =>
        /Body|Timestamp/.test(place),
      ),
      [],
    );
    assert.equal(elementsIn(tree.nodes).filter(({ marks }) => marks.includes('encrypted')).length, 1);
  });

  it('says by the order of the header what came first, of a request too', async () => {
    const data = '<xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"/>';
    const key = '<xenc:EncryptedKey xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"/>';
    const message = arena.message().replace(/(<soap:Body [^>]*>).*(<\/soap:Body>)/s, `$1${data}$2`);
    for (const [found, state] of [
      [message.replace(/<ds:Signature(?=[ >])/, `${key}$&`), 'signed-then-encrypted'],
      [message.replace('</ds:Signature>', `</ds:Signature>${key}`), 'encrypted-then-signed'],
      [message.replace('</ds:Signature>', `</ds:Signature>${key}${key}`), 'unknown'],
    ] as const)
      assert.equal((await treeOf(await send(found))).protection?.state, state);
  });

  it('says of what is protected by TLS alone that it is so, and of what has no Signature that it is not signed', async () => {
    const { number } = await called('reminder.SavePersonContactData');
    for (const side of ['request', 'response'])
      assert.deepEqual(
        ((tree) => [tree.protection, placesOf(tree, ({ marks }) => marks.includes('not-signed'))])(
          await treeOf(number, `?side=${side}`),
        ),
        [{ state: 'tls' }, []],
      );
    const unsigned = await send(arena.message().replace(/<ds:Signature[ >].*<\/ds:Signature>/s, ''));
    const request = await treeOf(unsigned);
    assert.deepEqual(request.protection, { state: 'not-signed' });
    assert.match(placesOf(request, ({ marks }) => marks.includes('not-signed')).join(), /soap:Body/);
    const fault = await treeOf(unsigned, '?side=response');
    assert.deepEqual(fault.protection, { state: 'not-signed' });
    assert.deepEqual(
      placesOf(fault, ({ marks }) => marks.includes('not-signed')),
      [],
    );
  });

  it('is not there for what is no XML, and for places that do not exist', async () => {
    const nothing = await ask(await send('{"a": 1}'));
    assert.equal(nothing.http, 404);
    assert.match((nothing.json as { detail: string }).detail, /is no XML that can be read: /);
    const number = await send('<a/>');
    assert.equal((await ask(number, '?at=0.7')).http, 404);
    for (const wrong of ['?at=x', '?at=0.', '?from=-1', '?count=x', '?side=both'])
      assert.equal((await ask(number, wrong)).http, 400, wrong);
  });
});
