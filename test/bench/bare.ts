// What the Danish services are measured beside: a fastify route that does nothing but JSON, behind the emulator's own TLS.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastify from 'fastify';

const [, , pki = ''] = process.argv;
const file = (name: string): string => readFileSync(join(pki, name), 'utf8');
const https = {
  cert: file('server.pem'),
  key: file('server.key'),
  ca: file('trust.pem'),
  requestCert: true,
  rejectUnauthorized: false,
};
const app = fastify({ https });
app.post('/bare', async () => ({ serviceRequestLogReferenceIdentifier: randomUUID() }));
const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`listening https=${address}\n`);
