// kontakt call: one signed request, the verified answer, and what the journal says of it.

import { type ReadAnswer, readAnswer } from '../client/answer.ts';
import { writeRequest, writeSignedRequest } from '../client/request.ts';
import { createClock } from '../kernel/clock.ts';
import { ConfigurationError } from '../kernel/configuration.ts';
import { type Explanation, isProblem, type Problem } from '../kernel/problem.ts';
import { UserError } from '../kernel/user-error.ts';
import { postkasseleverandoer } from '../kontaktregister/contract.ts';
import { readPem } from '../security/certificate.ts';
import { createTrustStore } from '../security/trust.ts';
import type { OperationDescription, ServiceDescription } from '../soap/service.ts';
import { type IdentityFiles, loadClient, type PkiFilesOnDisk } from './material.ts';
import { askEmulator } from './remote.ts';

const services: readonly ServiceDescription[] = [postkasseleverandoer];

export interface CallOptions {
  readonly as: string;
  readonly set: readonly string[];
  readonly url: string;
  readonly data: string;
  readonly unsigned?: boolean;
  readonly print?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

type Values = Record<string, string>;

const findOperation = (target: string): { service: ServiceDescription; operation: OperationDescription } => {
  const [serviceName = '', operationName = ''] = target.split('.');
  const service = services.find(({ name }) => name === serviceName);
  if (!service) {
    throw new ConfigurationError(
      `there is no service "${serviceName}"; there is ${services.map(({ name }) => name).join(', ')}`,
    );
  }
  const operation = service.operations.find(({ name }) => name === operationName);
  if (operation) return { service, operation };
  throw new ConfigurationError(
    `${serviceName} has no operation "${operationName}"; it has ${service.operations.map(({ name }) => name).join(', ')}`,
  );
};

const readSettings = (settings: readonly string[], { name, fields }: OperationDescription): Values => {
  const values: Values = {};
  for (const setting of settings) {
    const [, field = '', value = ''] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
    if (!fields.some((one) => one.name === field)) {
      throw new ConfigurationError(
        `--set ${setting}: ${name} takes field=value with ${fields.map((one) => one.name).join(', ')}`,
      );
    }
    values[field] = value;
  }
  return values;
};

/** The first person of the register: a plain one, and the same one each time. */
const firstPerson = async (url: string): Promise<Values> => {
  const { persons } = (await askEmulator(url, 'GET', '/persons?country=no&limit=1')) as {
    persons: { id: string }[];
  };
  const [person] = persons;
  return person ? { personidentifikator: person.id } : {};
};

/** The fields of the first example, with the caller's own number and a person that is there, then what was set. */
const fillFields = async (
  operation: OperationDescription,
  client: IdentityFiles,
  { set, url, dryRun }: CallOptions,
): Promise<Values> => {
  const given = readSettings(set, operation);
  const organisation = readPem(client.certificatePem)[0]?.organisation?.number;
  const person = given.personidentifikator === undefined && !dryRun ? await firstPerson(url) : {};
  return {
    ...operation.examples[0],
    ...(organisation && operation.fields.some(({ name }) => name === 'postkasseleverandoerOrgNummer')
      ? { postkasseleverandoerOrgNummer: organisation }
      : {}),
    ...person,
    ...given,
  };
};

const explanationOf = async (url: string, journal: string | null): Promise<Explanation | undefined> => {
  if (!journal) return undefined;
  try {
    return ((await askEmulator(url, 'GET', `/journal/${journal}`)) as { explanation?: Explanation })
      .explanation;
  } catch {
    // Another server, or a control interface that is closed to us: the answer itself is what counts.
    return undefined;
  }
};

const show = (label: string, values: readonly { name: string; value: string }[]): string =>
  `${label}\n${values.map(({ name, value }) => `    ${name.padEnd(30)} ${value}`).join('\n')}\n`;

const showExplanation = ({ check, expected, found, rule, remedy, basis }: Explanation): string =>
  show('why', [
    { name: 'check', value: check },
    { name: 'expected', value: expected },
    { name: 'found', value: found },
    { name: 'rule', value: `${rule} (${basis})` },
    { name: 'remedy', value: remedy },
  ]);

const post = async (url: string, { version }: ServiceDescription, body: string): Promise<Response> => {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': `${version.mediaType}; charset=utf-8`, soapaction: '""' },
      body,
    });
  } catch {
    throw new UserError(
      `nothing answers at ${url}; start an emulator with kontakt serve, or name another with --url`,
    );
  }
};

const readReply = async (
  response: Response,
  service: ServiceDescription,
  { trustPem, crls }: PkiFilesOnDisk,
  now: number,
): Promise<{ bytes: Buffer; answer: ReadAnswer | Problem }> => {
  const bytes = Buffer.from(await response.arrayBuffer());
  return { bytes, answer: readAnswer(bytes, service.version, createTrustStore([trustPem], crls), now) };
};

/** @returns the exit code: 0 for OK and JA, 1 for a refusal, a fault, or an answer that does not verify */
export const call = async (target: string, options: CallOptions): Promise<number> => {
  const { url, data, print, dryRun, json, unsigned } = options;
  const { service, operation } = findOperation(target);
  const { client, pki } = loadClient(data, options.as);
  const clock = createClock();
  const values = await fillFields(operation, client, options);
  const request = unsigned
    ? writeRequest(service, operation, values)
    : writeSignedRequest(service, operation, values, client, clock.real());
  const out = (text: string): void => {
    if (!json) process.stdout.write(text);
  };
  const address = `${url.replace(/\/+$/, '')}${service.paths[0] ?? ''}`;
  out(
    show(
      `→ ${operation.name} to ${address} as ${client.name}`,
      Object.entries(values).map(([name, value]) => ({ name, value })),
    ),
  );
  if (print || dryRun) out(`${request}\n`);
  if (dryRun) return 0;

  const start = performance.now();
  const response = await post(address, service, request);
  const { bytes, answer } = await readReply(response, service, pki, clock.real());
  const took = (performance.now() - start).toFixed(0);
  const journal = response.headers.get('kontakt-journal');
  const warnings = response.headers.get('kontakt-warnings');
  if (print) out(`${bytes.toString('utf8')}\n`);

  const explanation = await explanationOf(url, journal);
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ status: response.status, journal, warnings, answer, explanation }, null, 2)}\n`,
    );
  }
  if (isProblem(answer)) {
    out(`← HTTP ${response.status} in ${took} ms: the answer cannot be believed (${answer.problem})\n`);
    out(showExplanation(answer.explanation));
    return 1;
  }
  const { kind, signer, fields } = answer;
  const protection =
    kind === 'fault'
      ? 'a fault, never signed'
      : signer
        ? `signature verified: ${signer.subject}`
        : 'not signed';
  out(show(`← HTTP ${response.status} in ${took} ms, ${protection}`, fields));
  if (explanation) out(showExplanation(explanation));
  if (warnings) out(`warnings: ${warnings} (the profile strict would have refused; see the journal)\n`);
  if (journal) out(`journal: ${url}/_emulator/journal/${journal}\n`);
  const status = fields.find(({ name }) => name === 'status')?.value;
  return kind === 'answer' && status !== 'FEILET' && status !== 'NEI' ? 0 : 1;
};
