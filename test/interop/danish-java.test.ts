// The Danish services as Java sees them: JAX-WS RI with stubs by wsimport from the served WSDL, and java.net.http.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describeWith, JAXWS, stacks } from './stacks.ts';
import { type Stage, staged } from './stage.ts';
import { succeed } from './tool.ts';

const SERVICE = 'PjakTassWCFtService/1/JobnetPersonNotificationReminderService.svc';
const USER = 'CVR:90000105-UUID:7e570000-0000-4000-8000-000000000105';
const PASSWORD = 'changeit';

/** Generates and compiles the stubs, and then the client; wsimport compiles all, package-info too, which names the namespace. */
const build = async ({ emulator, directory }: Stage): Promise<string> => {
  const classes = join(directory, 'classes');
  mkdirSync(classes);
  const stubs = ['-quiet', '-XadditionalHeaders', '-d', classes, '-p', 'dk.stub'];
  await succeed('wsimport', ...stubs, `${emulator.url}/${SERVICE}?wsdl`);
  const classpath = [JAXWS, classes].join(delimiter);
  const client = join(import.meta.dirname, 'java', 'DanishClient.java');
  await succeed('javac', '-encoding', 'UTF-8', '-cp', classpath, '-d', classes, client);
  return classpath;
};

/** The truststore that lies beside `trust.pem`, as it is. */
const writeTruststore = async ({ emulator, write }: Stage): Promise<string> =>
  write('trust.p12', await emulator.pki.trustStore());

const property = (name: string, value: string): string => `-Djavax.net.ssl.${name}=${value}`;

const call = async (
  { emulator, write }: Stage,
  classpath: string,
  truststore: string,
  citizen: string,
): Promise<string[]> => {
  const client = emulator.pki.clients.get('jobnet');
  assert.ok(client?.p12, 'the PKCS #12 file of jobnet');
  return succeed(
    'java',
    property('keyStore', write('jobnet.p12', client.p12)),
    property('keyStoreType', 'PKCS12'),
    property('keyStorePassword', PASSWORD),
    property('trustStore', truststore),
    property('trustStorePassword', PASSWORD),
    '-cp',
    classpath,
    'DanishClient',
    `${emulator.tlsUrl}/${SERVICE}?wsdl`,
    citizen,
    USER,
  );
};

const expected = [
  'save OK',
  'get java@example.dk 3 1',
  'enum FEJL_9460',
  'FaultDetails 9158 The submitted mail address is invalid',
];

describeWith([stacks.jaxws], 'JAX-WS RI at the Danish services', () => {
  const open = staged();

  it('saves, reads, and throws FaultDetails, although its faultcode is a bare number', async () => {
    const [classpath, truststore] = await Promise.all([build(open()), writeTruststore(open())]);
    assert.deepEqual(await call(open(), classpath, truststore, '10000008'), expected);
  }).timeout(180_000);
});

describeWith([stacks.java], 'the truststore for Java', () => {
  const open = staged();

  it('is one to keytool: an entry that is trusted for each CA certificate', async () => {
    const store = await writeTruststore(open());
    const lines = await succeed('keytool', '-list', '-keystore', store, '-storepass', PASSWORD);
    assert.deepEqual(
      lines.filter((line) => line.includes('Entry')).map((line) => line.replace(/,.*, (?=\w+Entry)/, ' ')),
      ['kontakt-emulator-ca-1 trustedCertEntry, ', 'kontakt-emulator-ca-2 trustedCertEntry, '],
    );
  }).timeout(180_000);

  it('holds what trust.pem holds, to openssl', async () => {
    const store = await writeTruststore(open());
    const lines = await succeed('openssl', 'pkcs12', '-in', store, '-passin', `pass:${PASSWORD}`, '-nokeys');
    const { trustPem } = open().emulator.pki;
    const text = lines.join('\n');
    for (const block of trustPem.split(/(?<=-----END CERTIFICATE-----\n)/))
      assert.ok(text.includes(block.trim()));
  }).timeout(180_000);
});

describeWith([stacks.java], 'java.net.http with an Authenticator at the REST service', () => {
  const open = staged();

  it('sees 1101 where it shows no certificate', async () => {
    const truststore = await writeTruststore(open());
    const program = join(import.meta.dirname, 'java', 'Unauthenticated.java');
    const trust = [property('trustStore', truststore), property('trustStorePassword', PASSWORD)];
    const url = `${open().emulator.tlsUrl}/v1/kontaktinformation`;
    const [status, body = ''] = await succeed('java', ...trust, program, url, '1403455896');
    assert.equal(status, '401 ClientCertificate realm="DFDG"');
    assert.equal((JSON.parse(body) as { fejlkode: number }).fejlkode, 1101);
  }).timeout(180_000);
});
