// A mailbox provider as node-soap plays it: loads the served WSDL and signs every request with WSSecurityCert.
//
// Usage: node mailbox_client.mjs WSDL-URL KEY CERTIFICATE PERSON MAILBOX-ADDRESS
//
// Asks whether the person can choose a mailbox, creates one twice, deletes it, asks with a bad number, and prints one
// line for each.

import { readFileSync } from 'node:fs';
import { createClientAsync, WSSecurityCert } from 'soap';

const PROVIDER = '984661185';
const [wsdl, key, certificate, person, address] = process.argv.slice(2);

// docs:begin client
const client = await createClientAsync(wsdl);
// The leaf alone: node-soap puts all that stands in the file into one BinarySecurityToken.
const [leaf] = readFileSync(certificate, 'utf8').match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/);
const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
client.setSecurity(
  new WSSecurityCert(readFileSync(key, 'utf8'), leaf, '', {
    // As it comes node-soap also writes the enveloped-signature transform, which the profile strict refuses.
    signatureTransformations: [EXC_C14N],
    // Without this the Ids have no namespace, as no WSS 1.0 server expects them.
    signerOptions: { idMode: 'wssecurity' },
  }),
);
// docs:end client

const tell = async (what, operation, fields) => {
  try {
    // docs:begin call
    const [answer] = await client[`${operation}Async`](fields);
    console.log(what, answer.status, ...(answer.beskrivelse ? [answer.beskrivelse] : []));
  } catch (error) {
    // Without an answer of the service there is no fault: no connection, no XML.
    console.log(what, 'fault', error.root?.Envelope.Body.Fault.faultcode ?? error.message);
    // docs:end call
  }
};

const mailbox = { personidentifikator: person, postkasseleverandoerOrgNummer: PROVIDER };
const content = { ...mailbox, postkasseadresse: address };
await tell('can choose', 'KanVelgeSikkerDigitalPostkasse', { personidentifikator: person });
await tell('create', 'OpprettOgVelgSikkerDigitalPostkasse', content);
await tell('create again', 'OpprettOgVelgSikkerDigitalPostkasse', content);
await tell('delete', 'SlettPostkasse', mailbox);
await tell('bad number', 'KanVelgeSikkerDigitalPostkasse', { personidentifikator: '123' });
