// A request that xmlsec1 signs: the envelope with an empty Signature, in the form that is asked for.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Stage } from './stage.ts';
import { run } from './tool.ts';

const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
const TOKEN = `${WSS}-x509-token-profile-1.0#X509v3`;
const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';

/** A canonicalization as it is written: undefined leaves the Transforms of a Reference out. */
export interface Form {
  readonly algorithm: string;
  readonly prefixes?: string;
}

export const exclusive: Form = { algorithm: EXC_C14N };
export const exclusiveWithComments: Form = { algorithm: `${EXC_C14N}WithComments` };
/** With a prefix that is used nowhere in the signed parts, so that the list makes a difference. */
export const exclusiveWithPrefixes: Form = { algorithm: EXC_C14N, prefixes: 'soapenv xs #default' };
export const inclusive: Form = { algorithm: C14N };
export const inclusiveWithComments: Form = { algorithm: `${C14N}#WithComments` };

/** The canonicalization of each place in the Signature. */
export interface Forms {
  readonly signedInfo: Form;
  readonly timestamp: Form | undefined;
  readonly body: Form | undefined;
}

export interface Signing extends Forms {
  readonly signature?: string;
  readonly digest?: string;
  /** Seconds from Created to Expires. */
  readonly lifetime?: number;
}

const method = (name: string, { algorithm, prefixes }: Form): string =>
  prefixes === undefined
    ? `<${name} Algorithm="${algorithm}"/>`
    : `<${name} Algorithm="${algorithm}"><ec:InclusiveNamespaces xmlns:ec="${EXC_C14N}" PrefixList="${prefixes}"/></${name}>`;

const reference = (id: string, form: Form | undefined, digest: string): string =>
  [
    `<ds:Reference URI="#${id}">`,
    form ? `<ds:Transforms>${method('ds:Transform', form)}</ds:Transforms>` : '',
    `<ds:DigestMethod Algorithm="${digest}"/><ds:DigestValue/></ds:Reference>`,
  ].join('');

const instant = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

const envelope = (stage: Stage, payload: string, signing: Signing): string => {
  const {
    signedInfo,
    timestamp,
    body,
    signature = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    digest = 'http://www.w3.org/2001/04/xmlenc#sha256',
    lifetime = 60,
  } = signing;
  const token = readFileSync(stage.files.certificate, 'utf8').replace(/-----[^-]+-----\n?/g, '');
  return `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
    xmlns="http://kontaktinfo.difi.no/xsd/postkasseleverandoer/v1" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <soapenv:Header>
    <wsse:Security xmlns:wsse="${WSS}-wssecurity-secext-1.0.xsd" xmlns:wsu="${WSS}-wssecurity-utility-1.0.xsd"
        soapenv:mustUnderstand="1">
      <wsse:BinarySecurityToken wsu:Id="token" ValueType="${TOKEN}"
          EncodingType="${WSS}-soap-message-security-1.0#Base64Binary">${token}</wsse:BinarySecurityToken>
      <wsu:Timestamp wsu:Id="time">
        <wsu:Created>${instant(0)}</wsu:Created>
        <wsu:Expires>${instant(lifetime)}</wsu:Expires>
      </wsu:Timestamp>
      <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
        <ds:SignedInfo>
          ${method('ds:CanonicalizationMethod', signedInfo)}
          <ds:SignatureMethod Algorithm="${signature}"/>
          ${reference('time', timestamp, digest)}
          ${reference('body', body, digest)}
        </ds:SignedInfo>
        <ds:SignatureValue/>
        <ds:KeyInfo>
          <wsse:SecurityTokenReference><wsse:Reference URI="#token" ValueType="${TOKEN}"/></wsse:SecurityTokenReference>
        </ds:KeyInfo>
      </ds:Signature>
    </wsse:Security>
  </soapenv:Header>
  <soapenv:Body wsu:Id="body" xmlns:wsu="${WSS}-wssecurity-utility-1.0.xsd">
    ${payload}
  </soapenv:Body>
</soapenv:Envelope>
`;
};

/** Lets xmlsec1 sign a payload, written with the message namespace as the default one, as the stage's provider. */
export const signedByXmlsec1 = async (stage: Stage, payload: string, signing: Signing): Promise<Buffer> => {
  const file = stage.write('template.xml', envelope(stage, payload, signing));
  const ids = ['--id-attr:Id', 'Timestamp', '--id-attr:Id', 'Body'];
  const signed = await run('xmlsec1', ['--sign', '--privkey-pem', stage.files.key, ...ids, file]);
  assert.ok(signed.ok, signed.said);
  return signed.output;
};
