// Calls the served WSDL with node-soap, with one setting wrong, and the same with it right.
//
// Usage: node node_soap.mjs < { key, certificate, service, cases: [ { cause, wrong } ] }
//
// Prints what node-soap would send, a list of { base64, headers } in JSON.

import { createHash, createSign } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { createClientAsync, WSSecurityCert } from 'soap';

const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

const { key, certificate, service, cases } = JSON.parse(await text(process.stdin));

/** The wall clock of Oslo, in the form of ISO 8601 without a zone. */
const local = (date) => date.toLocaleString('sv-SE', { timeZone: 'Europe/Oslo' }).replace(' ', 'T');

/** How people write an instant; the setting that is right for each is toISOString. */
const instants = {
  'local-time-as-utc': (date) => `${local(date)}Z`,
  'offset-not-utc': (date) =>
    `${local(date)}+0${Math.round((Date.parse(`${local(date)}Z`) - date.getTime()) / 3_600_000)}:00`,
  'zone-missing': (date) => date.toISOString().slice(0, 19),
};

/** A Timestamp of one's own, in place of the library's. */
const ownTimestamp = (instant) => {
  const [created, expires] = [0, 60_000].map((ahead) => instant(new Date(Date.now() + ahead)));
  return {
    hasTimeStamp: false,
    appendElement: `<wsu:Timestamp><wsu:Created>${created}</wsu:Created><wsu:Expires>${expires}</wsu:Expires></wsu:Timestamp>`,
    additionalReferences: ['wsu:Timestamp'],
  };
};

const optionsOf = (cause, wrong) => {
  if (cause in instants) return ownTimestamp(wrong ? instants[cause] : (date) => date.toISOString());
  if (cause === 'algorithm-not-allowed')
    return { signatureAlgorithm: wrong ? 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' : RSA_SHA256 };
  if (cause === 'not-signed' && wrong) return { excludeReferencesFromSigning: ['Timestamp'] };
  return {};
};

/** Algorithms of one's own, as people write them for what the library does not have. */
const ownAlgorithms = (signer, wrong) => {
  signer.HashAlgorithms[SHA256] = class {
    getAlgorithmName = () => SHA256;
    getHash = (octets) =>
      createHash('sha256')
        .update(octets)
        .digest(wrong === 'digest-in-base64url' ? 'base64url' : 'base64');
  };
  signer.SignatureAlgorithms[RSA_SHA256] = class {
    getAlgorithmName = () => RSA_SHA256;
    getSignature = (octets, { key: privateKey }) =>
      createSign('sha256')
        .update(octets)
        .sign(privateKey, wrong === 'signature-in-base64url' ? 'base64url' : 'base64');
  };
};

const securityOf = (cause, wrong) => {
  const pem = cause === 'pem-in-token' && wrong ? Buffer.from(certificate).toString('base64') : certificate;
  const security = new WSSecurityCert(key, pem, '', {
    signatureTransformations: [EXC_C14N],
    signerOptions: { idMode: 'wssecurity' },
    ...optionsOf(cause, wrong),
  });
  if (cause.endsWith('-in-base64url')) ownAlgorithms(security.signer, wrong ? cause : undefined);
  return security;
};

/** Another address in every message: WSSecurityCert signs equal requests of one second with equal values, which is a replay. */
const fieldsOf = (number) => ({
  personidentifikator: '12838410985',
  postkasseleverandoerOrgNummer: '984661185',
  postkasseadresse: `bjørn.testesen${number}#1234`,
});

/** Reads the WSDL and its schemas as a copy has them that somebody shortened. */
const copying = {
  request(url, _data, callback) {
    fetch(url)
      .then((response) => response.text())
      .then((served) => served.replaceAll(/\s+elementFormDefault="qualified"/g, ''))
      .then((copy) => callback(null, { status: 200, statusCode: 200, headers: {} }, copy), callback);
  },
};

/** What the client hands to its HTTP client. */
const sent = async ({ cause, wrong }, number) => {
  const is = (name) => wrong && cause === name;
  let request;
  const client = await createClientAsync(`${service}?wsdl`, {
    // By its cache clients of one WSDL share their options.
    disableCache: true,
    ...(cause === 'soap-version' ? { forceSoap12Headers: wrong } : {}),
    ...(is('element-unqualified') ? { httpClient: copying } : {}),
  });
  client.httpClient = {
    request(_url, data, callback, headers) {
      request = { base64: Buffer.from(data).toString('base64'), headers };
      callback(new Error('kept'));
    },
  };
  if (!is('signature-missing')) client.setSecurity(securityOf(cause, wrong));
  const fields = fieldsOf(number);
  const written = is('element-order') ? Object.fromEntries(Object.entries(fields).reverse()) : fields;
  const headers = is('soap-action') ? { SOAPAction: '"urn:other"' } : {};
  await client.OpprettPostkasseAsync(written, {}, headers).catch((error) => {
    if (!request) throw error;
  });
  return request;
};

process.stdout.write(JSON.stringify(await Promise.all(cases.map(sent))));
