// A caller of the Danish REST service as fetch plays it: saves an e-mail address, verifies it by the code, reads it.
//
// Usage: node rest_client.mjs ADDRESS OUTBOX CERTIFICATE KEY TRUST CITIZEN

import { readFileSync } from 'node:fs';
import { Agent, fetch } from 'undici';

const [address, outbox, certificate, key, trust, citizen] = process.argv.slice(2);

// docs:begin client
// Certificate, key and trust are the Agent's; fetch and Agent come from the same package.
const dispatcher = new Agent({
  connect: { cert: readFileSync(certificate), key: readFileSync(key), ca: readFileSync(trust) },
});

const call = async (path, body) => {
  const response = await fetch(`${address}/v1/kontaktinformation${path}`, {
    dispatcher,
    headers: {
      'x-civilregistrationIdentifier': citizen,
      // Once in 24 hours: a repeated one is 412.
      'x-requestId': crypto.randomUUID(),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  // problem+json: fejlkode and fejltekst, or title alone where HTTP itself refuses.
  if (!response.ok)
    throw new Error(`${response.status} ${answer.fejlkode ?? ''} ${answer.fejltekst ?? answer.title}`);
  return answer;
};
// docs:end client

const EMAIL = 3;
const tell = async (path, body) => console.log(JSON.stringify(await call(path, body)));

// docs:begin story
await tell('', {
  kontaktinformationer: { kontaktinformation: [{ kontaktdata: 'fetch@example.dk', kontaktdataType: EMAIL }] },
});
await tell('/verifikationskode', { kontaktdataType: EMAIL });
// The code as the citizen would have received it. A test reads it from the emulator's outbox.
const { messages } = await (await fetch(outbox)).json();
await tell('/verificering', { verifikationskode: messages[0].code, kontaktdataType: EMAIL });
await tell('');
// docs:end story

await call('', { kontaktinformationer: [{ kontaktdata: 'no address', kontaktdataType: EMAIL }] }).catch(
  (error) => console.log(error.message),
);
await dispatcher.close();
