// What stands between a signer and the service and writes messages anew: other programs, and edits by hand.

import { join } from 'node:path';
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { XmlDocument } from 'libxml2-wasm';
import { PYTHON, stacks } from '../stacks.ts';
import type { Stage } from '../stage.ts';
import { batch, each, type Worker } from './batch.ts';
import { type Identity, java } from './signers.ts';

const script = (...names: string[]): string => join(import.meta.dirname, ...names);

/** Parses and builds with a library that thinks of JSON. */
const built = (message: string, format: boolean): string => {
  const options = { ignoreAttributes: false, suppressEmptyNode: true };
  const parsed = new XMLParser({ ...options, parseTagValue: false }).parse(message);
  return new XMLBuilder({ ...options, format }).build(parsed);
};

const NODE: Readonly<Record<string, (message: string) => string>> = {
  format: (message) => {
    using document = XmlDocument.fromString(message);
    return document.toString({ format: true });
  },
  'fast-xml-parser': (message) => built(message, false),
  'fast-xml-parser, formatted': (message) => built(message, true),
};

const ICONV: Readonly<Record<string, readonly string[]>> = {
  'latin1-to-utf8': ['-f', 'ISO-8859-1', '-t', 'UTF-8'],
  'windows-to-utf8': ['-f', 'CP1252', '-t', 'UTF-8'],
  'to-ascii': ['-f', 'UTF-8', '-t', 'ASCII//TRANSLIT'],
};

export const rewriters = {
  PHP: { needs: [stacks.phpDom], worker: () => batch('php', [script('php', 'rewrite.php')]) },
  Python: { needs: [stacks.zeep], worker: () => batch(PYTHON, [script('python', 'rewrite.py')]) },
  Java: { needs: [stacks.wss4j], worker: java },
  xmllint: {
    needs: [stacks.xmllint],
    worker: () => each('xmllint', (way) => ['--nonet', `--${way}`, '-']),
  },
  iconv: { needs: [stacks.iconv], worker: () => each('iconv', (way) => ICONV[way] ?? []) },
  Node: {
    needs: [],
    worker: () => (jobs) =>
      jobs.map(({ way, content }) => Buffer.from(NODE[way]?.(content.toString('utf8')) ?? '')),
  },
} as const satisfies Readonly<
  Record<string, { needs: readonly unknown[]; worker: (stage: Stage, identity: Identity) => Worker }>
>;
export type RewriterName = keyof typeof rewriters;
