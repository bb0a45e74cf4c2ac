// The OpenAPI document of every REST service: described to the end, with examples that fit, and nothing for a linter to find.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { startRunning } from '../running.ts';
import { type Document, documentAt, documentsOf, faces } from './document.ts';
import { dereference, faults } from './schema.ts';

/** Whether Redocly’s recommended rules find nothing; its own news and counts stay at home. */
const redocly = (file: string): Promise<{ code: number | null; said: string }> =>
  new Promise((done, reject) => {
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const program = resolve(import.meta.dirname, '../../node_modules/@redocly/cli/bin/cli.js');
    const args = [program, 'lint', '--extends=recommended', '--format=json', file];
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.on('error', reject);
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', (code) => done({ code, said: Buffer.concat(chunks).toString('utf8') }));
  });

describe('the OpenAPI documents', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());

  it('are those of both countries', () => {
    assert.deepEqual(
      faces.map(({ description }) => description),
      ['/rest/openapi.json', '/v1/openapi.json'],
    );
  });

  for (const { name, description: path, calls } of faces) {
    it(`${name}: describes every method, with a tag, and examples of what goes and comes that fit their schemas`, async () => {
      const { paths } = dereference(await documentAt(emulator.url, path)) as Document;
      const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
      assert.deepEqual(
        operations.map(({ operationId }) => operationId).sort(),
        calls.map((call) => call.name).sort(),
      );
      for (const one of operations) {
        const { operationId, tags, summary, description, requestBody, responses, parameters } = one;
        assert.deepEqual(
          [tags.length, summary.length > 0, description.length > 80],
          [1, true, true],
          operationId,
        );
        for (const { name: header, example } of parameters)
          assert.ok(example !== undefined, `${operationId} ${header}`);
        for (const [where, { content }] of [
          ...(requestBody ? [['request', requestBody] as const] : []),
          ...Object.entries(responses),
        ])
          for (const { schema, examples } of Object.values(content)) {
            assert.ok(Object.keys(schema).length > 0, `${operationId} ${where}`);
            assert.ok(Object.keys(examples).length > 0, `${operationId} ${where}`);
            for (const { value } of Object.values(examples))
              assert.deepEqual([...faults(schema, value)], [], `${operationId} ${where}`);
          }
      }
    });

    it(`${name}: leaves no part of a schema open, but problems, which may grow`, async () => {
      const { components } = await documentAt(emulator.url, path);
      const open = (schema: unknown, place: string): string[] => {
        if (typeof schema !== 'object' || schema === null) return [];
        const { properties = {}, items } = schema as { properties?: object; items?: unknown };
        return [
          ...(Object.keys(schema).length === 0 ? [place] : []),
          ...Object.entries(properties).flatMap(([key, one]) => open(one, `${place}.${key}`)),
          ...(items === undefined ? [] : open(items, `${place}[]`)),
        ];
      };
      for (const [key, schema] of Object.entries(components.schemas ?? {})) {
        assert.deepEqual(open(schema, key), []);
        if (schema.type === 'object') assert.equal(schema.additionalProperties, key === 'Problem', key);
      }
      assert.doesNotMatch(JSON.stringify(components), /9007199254740991/);
    });
  }

  it('hold Redocly’s recommended rules', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
    const other = await startRunning({ dfdg: { scopes: true } });
    try {
      const documents = await documentsOf([emulator.url, other.url]);
      assert.equal(documents.length, faces.length + 1, 'the Danish one with scopes too');
      for (const { name, text } of documents) {
        const file = join(folder, `${name}.json`);
        writeFileSync(file, text);
        const { code, said } = await redocly(file);
        const { totals, problems } = JSON.parse(said) as {
          totals: Record<string, number>;
          problems: unknown[];
        };
        assert.deepEqual([code, problems], [0, []], said);
        assert.deepEqual([totals.errors, totals.warnings], [0, 0]);
      }
    } finally {
      rmSync(folder, { recursive: true });
      await other.close();
    }
  }).timeout(120_000);
});
