// The contract as strangers' tools load it from the running emulator: links, WSDL, schemas.

import assert from 'node:assert/strict';
import { createClientAsync } from 'soap';
import { addressIn, crawl, get } from './served.ts';
import { describeWith, PYTHON, stacks } from './stacks.ts';
import { openStage, staged } from './stage.ts';
import { run } from './tool.ts';

const OPERATIONS = [
  'KanVelgeSikkerDigitalPostkasse',
  'OppdaterPostkasse',
  'OpprettOgVelgSikkerDigitalPostkasse',
  'OpprettPostkasse',
  'SlettPostkasse',
  'VelgSikkerDigitalPostkasse',
];
const FILES = ['?wsdl', '?xsd=oppslagstjeneste-metadata-14-05.xsd', '?xsd=postkasseleverandoer-messages.xsd'];

const filesUnder = (base: string): string[] => FILES.map((file) => base + file);

describe('the served contract', () => {
  const open = staged();

  it('has absolute links, and every one of them leads to a file', async () => {
    const { service } = open();
    const files = await crawl(service);
    assert.deepEqual([...files.keys()].sort(), filesUnder(service));
    assert.equal(addressIn(files.get(`${service}?wsdl`) ?? ''), service);
  });

  it('follows the Host header, over both listeners', async () => {
    const { service, emulator } = open();
    const path = new URL(service).pathname;
    const secure = `${emulator.tlsUrl}${path}`;
    const tls = { ca: emulator.pki.trustPem, servername: 'localhost' };
    for (const host of ['kontakt.test', 'kontakt.test:8081', '[::1]:8080', 'LOCALHOST']) {
      const options = { headers: { host } };
      const [plain, encrypted] = [`http://${host}${path}`, `https://${host}${path}`];
      assert.deepEqual([...(await crawl(service, plain, options)).keys()].sort(), filesUnder(plain));
      const overTls = await crawl(secure, encrypted, { ...options, ...tls });
      assert.deepEqual([...overTls.keys()].sort(), filesUnder(encrypted));
      assert.equal(addressIn(overTls.get(`${encrypted}?wsdl`) ?? ''), encrypted);
    }
  });

  it('names the listener where the Host header is no host', async () => {
    const { emulator, service } = open();
    const { text } = await get(`${service}?wsdl`, { headers: { host: 'evil"/><x y=' } });
    assert.equal(addressIn(text), `${emulator.url}/ws-postkasseleverandoer-v1`);
    assert.ok(!text.includes('evil'));
  });

  it('follows the public URL, whatever the Host header says', async () => {
    const behind = await openStage({ publicUrl: 'https://register.example.no/test/' });
    try {
      const base = 'https://register.example.no/test/ws-postkasseleverandoer-v1';
      const files = await crawl(behind.service, base, { headers: { host: 'kontakt.test' } });
      assert.deepEqual([...files.keys()].sort(), filesUnder(base));
      assert.equal(addressIn(files.get(`${base}?wsdl`) ?? ''), base);
    } finally {
      await behind.close();
    }
  });

  it('has no schema of another name, and no file from outside', async () => {
    const { service } = open();
    for (const name of ['', 'nothing.xsd', '../../package.json', '..%2F..%2Fpackage.json', '/etc/passwd'])
      assert.equal((await get(`${service}?xsd=${name}`)).status, 404, name);
  });

  it('is loaded by node-soap, with all six operations', async () => {
    const client = await createClientAsync(`${open().service}?wsdl`);
    const described = client.describe()['postkasseleverandoer-v1'].postkasseleverandoer;
    assert.deepEqual(Object.keys(described).sort(), OPERATIONS);
    assert.deepEqual(Object.keys(described.OppdaterPostkasse.input).filter(isField), [
      ...['personidentifikator', 'postkasseleverandoerOrgNummer', 'postkasseadresse', 'x509Sertifikat'],
    ]);
  });
});

const isField = (name: string): boolean => !/^targetN/.test(name);

describeWith([stacks.zeep], 'the served contract, by zeep', () => {
  const open = staged();

  it('is loaded, with all six operations and their fields', async () => {
    const { ok, said } = await run(PYTHON, ['-m', 'zeep', `${open().service}?wsdl`], {
      environment: { no_proxy: '*' },
    });
    assert.ok(ok, said);
    for (const operation of OPERATIONS)
      assert.match(said, new RegExp(`^ +${operation}\\(personidentifikator: `, 'm'));
    assert.match(said, /SlettPostkasse\(personidentifikator: [^,]+, postkasseleverandoerOrgNummer: [^,)]+\)/);
    assert.match(said, /-> status: [^,]+, beskrivelse: /);
  });
});

describeWith([stacks.xmllint], 'the served schemas, by xmllint', () => {
  const open = staged();

  /** Validates with the schemas as they were served: a catalog leads xmllint from each address to the bytes. */
  const validate = async (message: string): Promise<{ ok: boolean; said: string }> => {
    const { service, write } = open();
    const files = [...(await crawl(service))].map(([address, text], place) => ({
      address,
      path: write(`served-${place}.xml`, text),
    }));
    const entries = files.map(({ address, path }) => `<uri name="${address}" uri="file://${path}"/>`);
    const systems = files.map(({ address, path }) => `<system systemId="${address}" uri="file://${path}"/>`);
    const catalog = write(
      'catalog.xml',
      `<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">${entries.join('')}${systems.join('')}</catalog>`,
    );
    const schema = `${service}?xsd=postkasseleverandoer-messages.xsd`;
    const args = ['--noout', '--nonet', '--schema', schema, write('message.xml', message)];
    return run('xmllint', args, { environment: { XML_CATALOG_FILES: catalog } });
  };
  const request = (orgNumberName: string): string =>
    `<SlettPostkasseForespoersel xmlns="http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1">
       <personidentifikator>27837311948</personidentifikator>
       <${orgNumberName}>984661185</${orgNumberName}>
     </SlettPostkasseForespoersel>`;

  it('accept a request', async () => {
    const { ok, said } = await validate(request('postkasseleverandoerOrgNummer'));
    assert.ok(ok, said);
  });

  it('refuse a request with the name that the term catalogue uses', async () => {
    const { ok, said } = await validate(request('virksomhetsidentifikator'));
    assert.equal(ok, false);
    assert.match(said, /virksomhetsidentifikator.*This element is not expected/);
  });
});
