// Where the client certificate of a call comes from, and that it is judged before anything else of the call.

import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { clientOf, control, startRunning } from '../running.ts';
import { actors, type Call, call, journalOf, outcome } from './calling.ts';
import { elsewhere, ORGANISATION, without } from './mistakes.ts';

const clientCert = (emulator: Emulator, name: string): string =>
  `:${new X509Certificate(clientOf(emulator, name).certificatePem).raw.toString('base64')}:`;

const read = (emulator: Emulator, given: Call) =>
  call(emulator, 'reminder', 'GetPersonContactData', { actor: actors.star, ...given });

describe('a Client-Cert header', () => {
  const handedOver = (emulator: Emulator, name: string): Call => ({
    over: 'http',
    client: null,
    headers: { 'client-cert': clientCert(emulator, name) },
  });

  it('is believed from a listed proxy, and judged like a certificate of the handshake', async () => {
    const emulator = await startRunning({ dfdg: { proxies: ['127.0.0.1'] } });
    try {
      assert.equal(outcome(await read(emulator, handedOver(emulator, 'star'))), 'OK');
      assert.equal(outcome(await read(emulator, { ...handedOver(emulator, 'star'), over: 'https' })), 'OK');
      assert.equal(outcome(await read(emulator, handedOver(emulator, 'utloept'))), '1012');
      assert.equal(outcome(await read(emulator, handedOver(emulator, 'akasse'))), '4575');
      for (const header of ['', ':', '::', 'AAAA', '"x"', `${clientCert(emulator, 'star')}, :AAAA:`]) {
        const reply = await read(emulator, {
          over: 'http',
          client: null,
          headers: { 'client-cert': header },
        });
        assert.equal(outcome(reply), '1101', header.slice(0, 10));
      }
      const nonsense = { 'client-cert': ':AAAA:' };
      assert.equal(outcome(await read(emulator, { over: 'http', client: null, headers: nonsense })), '1012');
    } finally {
      await emulator.close();
    }
  });

  it('means nothing from anywhere else', async () => {
    for (const proxies of [[], ['192.0.2.1']]) {
      const emulator = await startRunning({ dfdg: { proxies } });
      try {
        assert.equal(outcome(await read(emulator, handedOver(emulator, 'star'))), '1101');
        const forwarded = { ...handedOver(emulator, 'star').headers, 'x-forwarded-for': '192.0.2.1' };
        assert.equal(
          outcome(await read(emulator, { over: 'http', client: null, headers: forwarded })),
          '1101',
        );
        const forged = { client: 'akasse', headers: { 'client-cert': clientCert(emulator, 'star') } };
        assert.equal(outcome(await read(emulator, forged)), '4575');
      } finally {
        await emulator.close();
      }
    }
  });
});

describe('a call that is wrong in two ways', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());

  const { star } = actors;
  const noHeaders = without('Header');
  const noBody = without('PersonCivilRegistrationIdentifier');
  const both =
    (...edits: readonly ((text: string) => string)[]) =>
    (text: string): string =>
      edits.reduce((spoilt, edit) => edit(spoilt), text);

  const cases: readonly (readonly [string, string, Call])[] = [
    ['1101', '8232', { client: null, edit: noHeaders }],
    ['1101', '1014', { client: null, edit: noBody }],
    ['1012', '8232', { client: 'utloept', edit: noHeaders }],
    ['8232', '8233', { edit: noHeaders }],
    ['8232', '8235', { edit: both(elsewhere(ORGANISATION), without('RegistrationDateTime')) }],
    [
      '8233',
      '8234',
      { edit: without('RequestUserMetadataHeader'), actor: { ...star, organisationType: 'x' } },
    ],
    ['8234', '8235', { actor: { ...star, organisationType: '101', userType: 'x' } }],
    ['8235', '8173', { actor: { ...star, organisationType: '99', userType: 'x' } }],
    ['8173', '8174', { actor: { ...star, organisationType: '99', userType: '5' } }],
    ['8174', '1013', { actor: { ...star, organisationType: '30', userType: '5' } }],
    ['1013', '4575', { client: 'fremmedcvr', actor: { ...star, organisationType: '30' } }],
    ['4575', '1014', { client: 'fremmedcvr', edit: noBody }],
    [
      '1014',
      '1010',
      {
        edit: both(
          (text) => text.replaceAll('1403455896', '1305475366'),
          (text) => text.replace('</m:PersonCivil', '<m:x/></m:PersonCivil'),
        ),
      },
    ],
  ];
  for (const [earlier, later, given] of cases)
    it(`is refused with ${earlier} rather than ${later}`, async () => {
      assert.equal(outcome(await read(emulator, { client: 'star', ...given })), earlier);
    });

  it('is refused for its certificate before its body is looked at', async () => {
    const unknown = (text: string): string => text.replaceAll('GetPersonContactDataRequest', 'NoSuchRequest');
    for (const edit of [unknown, (text: string) => text.slice(0, -4)])
      assert.equal(outcome(await read(emulator, { client: null, edit })), '1101');
  });

  it('is refused for its headers before an unknown operation', async () => {
    const unknown = (text: string): string => text.replaceAll('GetPersonContactDataRequest', 'NoSuchRequest');
    assert.equal(outcome(await read(emulator, { client: 'star', edit: both(unknown, noHeaders) })), '8232');
  });

  it('with an organisation type of no code list in the user’s header is 8173, not 4413', async () => {
    const edit = (text: string): string =>
      text.replace(/(OrganisationTypeIdentifier[^>]*><[^>]*CodeListItemIdentifier[^>]*>)1</, '$199<');
    assert.equal(outcome(await read(emulator, { client: 'star', edit })), '8173');
  });

  it('is explained without a person number in the journal', async () => {
    for (const id of ['1305475366', '2902455001']) {
      const reply = await read(emulator, {
        client: 'star',
        values: { PersonCivilRegistrationIdentifier: id },
      });
      assert.ok(!JSON.stringify(await journalOf(emulator, reply)).includes(id), id);
      const { json } = await control(emulator.url, 'GET', `/journal/${reply.journal}/message`);
      assert.ok(!String(json).includes(id), id);
    }
  });

  it('is the same organisation by its code in one header and its CVR number in the other', async () => {
    const edit = (text: string): string => text.replace(/(OrganisationCode[^>]*>)90000040/, '$1101');
    const reply = await read(emulator, { client: 'kommune', actor: actors.kommune, edit });
    assert.equal(outcome(reply), 'OK');
  });

  it('is judged by the security hand of the clock alone', async () => {
    await control(emulator.url, 'PUT', '/clock', { of: 'register', advance: 'P30Y' });
    assert.equal(outcome(await read(emulator, { client: 'star' })), 'OK');
    await control(emulator.url, 'PUT', '/clock', { of: 'security', advance: 'P30Y' });
    assert.equal(outcome(await read(emulator, { client: 'star' })), '1012');
    await emulator.reset();
    assert.equal(outcome(await read(emulator, { client: 'star' })), 'OK');
  });
});
