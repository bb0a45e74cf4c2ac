// Signs a request with xml-crypto, with one setting wrong, and the same with it right.
//
// Usage: node remedies.mjs < { key, certificate, body, cases: [ { cause, wrong } ] }
//
// Prints the messages, a list of texts in JSON.

import { createHash, createSign, randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { SignedXml } from 'xml-crypto';

const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
const WSSE = `${WSS}wssecurity-secext-1.0.xsd`;
const WSU = `${WSS}wssecurity-utility-1.0.xsd`;
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

const { key, certificate, body, cases } = JSON.parse(await text(process.stdin));
const token = certificate.replace(/-----[^-]+-----|\s/g, '');
const instant = (ahead) => `${new Date(Date.now() + ahead).toISOString().slice(0, 19)}Z`;

/** Its Ids are new in every message: two equal requests of one second are a replay. */
const envelopeOf = (tokenId, idOf) =>
  `<soap:Envelope xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" xmlns:unused="urn:unused"><soap:Header><wsse:Security xmlns:wsse="${WSSE}" soap:mustUnderstand="1"><wsse:BinarySecurityToken wsu:Id="${tokenId}" EncodingType="${WSS}soap-message-security-1.0#Base64Binary" ValueType="${WSS}x509-token-profile-1.0#X509v3">${token}</wsse:BinarySecurityToken><wsu:Timestamp${idOf('Timestamp')}><wsu:Created>${instant(0)}</wsu:Created><wsu:Expires>${instant(60_000)}</wsu:Expires></wsu:Timestamp></wsse:Security></soap:Header><soap:Body${idOf('Body')}>${body}</soap:Body></soap:Envelope>`;

/** Algorithms of one's own, as people write them for what the library does not have. */
const ownAlgorithms = (signer, wrong) => {
  signer.HashAlgorithms[SHA256] = class {
    getAlgorithmName = () => SHA256;
    getHash = (octets) =>
      createHash('sha256')
        .update(octets)
        .digest(wrong === 'digest-in-hex' ? 'hex' : 'base64');
  };
  signer.SignatureAlgorithms[RSA_SHA256] = class {
    getAlgorithmName = () => RSA_SHA256;
    getSignature = (octets, privateKey) => {
      const value = createSign('sha256').update(octets).sign(privateKey, 'base64');
      return wrong === 'signature-base64-twice' ? Buffer.from(value).toString('base64') : value;
    };
  };
};

const messageOf = (cause, isWrong) => {
  const wrong = isWrong ? cause : undefined;
  const nonce = randomUUID();
  const tokenId = `X509-${nonce}`;
  const signer = new SignedXml({
    ...(wrong === 'id-in-wrong-attribute' ? {} : { idMode: 'wssecurity' }),
    privateKey: key,
    signatureAlgorithm: RSA_SHA256,
    canonicalizationAlgorithm: EXC_C14N,
    ...(wrong === 'key-info-missing'
      ? {}
      : {
          getKeyInfoContent: () =>
            `<wsse:SecurityTokenReference xmlns:wsse="${WSSE}"><wsse:Reference URI="#${tokenId}" ValueType="${WSS}x509-token-profile-1.0#X509v3"/></wsse:SecurityTokenReference>`,
        }),
  });
  ownAlgorithms(signer, wrong);
  if (wrong === 'reference-of-whole-document')
    signer.addReference({
      xpath: '/*',
      isEmptyUri: true,
      transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', EXC_C14N],
      digestAlgorithm: SHA256,
    });
  else
    for (const name of ['Timestamp', 'Body'])
      signer.addReference({
        xpath: `//*[local-name(.)='${name}']`,
        transforms: [EXC_C14N],
        digestAlgorithm: SHA256,
      });
  // The Ids of XML documents are there already: by the mode alone the library takes these, or writes wsu:Id.
  const idOf = (name) => `${cause === 'id-in-wrong-attribute' ? ' id' : ' wsu:Id'}="${name}-${nonce}"`;
  signer.computeSignature(envelopeOf(tokenId, idOf), {
    prefix: 'ds',
    ...(wrong === 'element-misplaced'
      ? {}
      : { location: { reference: "//*[local-name(.)='Security']", action: 'append' } }),
  });
  return signer.getSignedXml();
};

process.stdout.write(JSON.stringify(cases.map(({ cause, wrong }) => messageOf(cause, wrong))));
