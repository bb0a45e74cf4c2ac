// Other programs' canonical forms: xmllint of whole documents, xmlsec1 by the digests it makes, the JDK of any element.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CanonicalForm } from '../../src/xml/canonical.ts';
import { NS, URI } from '../attacks/names.ts';
import type { Path } from '../xml/canonical/infoset.ts';
import { run } from './tool.ts';

const methodOf = ({ exclusive, comments }: CanonicalForm): string => {
  if (exclusive) return comments ? URI.excComments : URI.exc;
  return comments ? URI.c14nComments : URI.c14n;
};

/** Runs something with a folder that is gone afterwards. */
const withFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'kontakt-c14n-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** The canonical forms of whole documents, comments and all, one behind the other as xmllint writes them. */
export const byXmllint = (texts: readonly (string | Buffer)[], exclusive: boolean): Promise<string> =>
  withFolder(async (folder) => {
    const files = texts.map((text, place) => {
      const file = join(folder, `${place}.xml`);
      writeFileSync(file, text);
      return file;
    });
    const { ok, output, said } = await run('xmllint', [
      '--nonet',
      exclusive ? '--exc-c14n' : '--c14n',
      ...files,
    ]);
    assert.ok(ok, said);
    return output.toString('utf8');
  });

/** An element by its xml:id, and the method for it. */
export interface Target {
  readonly id: string;
  readonly form: CanonicalForm;
}

/** The SHA-256 digests, base64, that xmlsec1 makes of elements of a document when it signs references to them. */
export const byXmlsec1 = (text: string, targets: readonly Target[]): Promise<string[]> =>
  withFolder(async (folder) => {
    const references = targets.map(({ id, form }) => {
      const list =
        form.prefixes.length > 0
          ? `<InclusiveNamespaces xmlns="${NS.ec}" PrefixList="${form.prefixes.join(' ')}"/>`
          : '';
      const transform = `<Transform Algorithm="${methodOf(form)}">${list}</Transform>`;
      return `<Reference URI="#${id}"><Transforms>${transform}</Transforms><DigestMethod Algorithm="${URI.sha256}"/><DigestValue/></Reference>`;
    });
    const methods = `<CanonicalizationMethod Algorithm="${URI.exc}"/><SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"/>`;
    const signature = `<Signature xmlns="${NS.ds}"><SignedInfo>${methods}${references.join('')}</SignedInfo><SignatureValue/></Signature>`;
    const end = text.lastIndexOf('</');
    writeFileSync(join(folder, 'text.xml'), text.slice(0, end) + signature + text.slice(end));
    writeFileSync(join(folder, 'key'), 'any key does');
    const key = ['--hmackey', join(folder, 'key')];
    const { ok, output, said } = await run('xmlsec1', ['--sign', ...key, join(folder, 'text.xml')]);
    assert.ok(ok, `${said}\n${text}`);
    return [...output.toString('utf8').matchAll(/<DigestValue>([^<]+)<\/DigestValue>/g)].map(
      ([, digest = '']) => digest.replace(/\s/g, ''),
    );
  });

export interface Question {
  readonly text: string | Buffer;
  readonly path: Path;
  readonly form: CanonicalForm;
}

/** The canonical forms of elements by the XML signature classes of the JDK: no code of libxml2 in them. */
export const byJava = async (questions: readonly Question[]): Promise<string[]> => {
  const lines = questions.map(({ text, path, form }) => {
    const fields = [Buffer.from(text).toString('base64'), path.join('.'), methodOf(form)];
    return `${[...fields, form.exclusive ? form.prefixes.join(' ') : ''].join('\t')}\n`;
  });
  const program = join(import.meta.dirname, 'java', 'Canonicalize.java');
  // Its public classes canonicalize subtrees only where a signature refers to them by an Id, which not all elements here have.
  const inner = 'java.xml.crypto/com.sun.org.apache.xml.internal.security';
  const exported = [inner, `${inner}.c14n`].flatMap((name) => ['--add-exports', `${name}=ALL-UNNAMED`]);
  const { ok, output, said } = await run('java', [...exported, program], { input: lines.join('') });
  assert.ok(ok, said);
  // A line for each question; that of an empty form would be empty.
  return output
    .toString('utf8')
    .split('\n')
    .slice(0, questions.length)
    .map((line) => Buffer.from(line, 'base64').toString('utf8'));
};
