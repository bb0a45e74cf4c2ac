// A caller of the Danish services as node-soap plays it: everything but the headers comes from the served WSDL, over mutual TLS.
//
// Usage: node danish_client.mjs < request
//
// Takes and prints the same JSON as danish_client.py in the folder python.

import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { text } from 'node:stream/consumers';
import { ClientSSLSecurity, createClientAsync } from 'soap';

const request = JSON.parse(await text(process.stdin));

// docs:begin headers
// node-soap writes headers without their schema: every namespace is named here.
const headersOf = ({ organisationType, organisationCode, userIdentifier }) => [
  {
    'm:RequestUserMetadataHeader': {
      attributes: {
        'xmlns:m': 'http://service.bm.dk/RequestUserMetadata/2015/01/21/',
        'xmlns:u': 'http://service.bm.dk/pjaktass/2015/01/21/RequestUserStructure/',
        'xmlns:t': 'http://service.bm.dk/pjaktass/2015/01/21/RequestUserTypeIdentifierCodeList/',
        'xmlns:o': 'http://service.bm.dk/pjaktass/2015/01/21/RequestOrganisationStructure/',
        'xmlns:l': 'http://service.bm.dk/pjaktass/2013/06/07/CodeListBase/',
      },
      'u:RequestUserStructure': {
        'u:UserFullName': 'Nora Node Ærlig',
        't:RequestUserTypeIdentifier': { 'l:CodeListItemIdentifier': 3 },
        'u:UserIdentifier': userIdentifier,
      },
      'o:RequestOrganisationStructure': {
        'o:OrganisationTypeIdentifier': { 'l:CodeListItemIdentifier': organisationType },
        'o:OrganisationCode': organisationCode,
      },
      'm:RegistrationDateTime': new Date().toISOString(),
    },
  },
  {
    'a:ActiveOrganisationHeader': {
      attributes: { 'xmlns:a': 'http://rep.oio.dk/ams.dk/xml/schemas/2005/09/01/' },
      'a:OrganisationTypeIdentifier': organisationType,
      'a:OrganisationCode': organisationCode,
    },
  },
];
// docs:end headers

// docs:begin client
const security = new ClientSSLSecurity(
  readFileSync(request.key),
  readFileSync(request.certificate),
  readFileSync(request.trust),
);
// The WSDL is fetched before setSecurity can say whom to trust.
const httpsAgent = new Agent({ ca: readFileSync(request.trust) });
const client = await createClientAsync(request.wsdl, { wsdl_options: { httpsAgent } });
client.setSecurity(security);
for (const header of headersOf(request)) client.addSoapHeader(header);
// docs:end client

const answers = [];
for (const { operation, fields } of request.calls) {
  try {
    // docs:begin call
    const [answer] = await client[`${operation}Async`](fields);
    answers.push(answer);
  } catch (error) {
    const fault = error.root?.Envelope.Body.Fault;
    // Without an answer of the service there is no fault: TLS, no connection.
    if (!fault) throw error;
    // An element with attributes (xml:lang) is an object, its text $value; without them it is the text.
    const text = fault.faultstring.$value ?? fault.faultstring;
    answers.push({ fault: { code: fault.faultcode, text, detail: Object.values(fault.detail) } });
    // docs:end call
  }
}
process.stdout.write(JSON.stringify(answers));
