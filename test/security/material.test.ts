// Anchors and lists from the user's files and folders: every form, and one line that names what cannot be used.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src/kernel/user-error.ts';
import { readLists, readTrust, stampOf } from '../../src/security/trust/material.ts';
import { readRevocationList } from '../../src/security/trust/revocation-list.ts';
import { asOption } from '../../src/settings/resolve.ts';
import { newDirectory } from '../directories.ts';
import { certificateOf, listOf, pemOf } from './issuing.ts';

const authority = pemOf(certificateOf({ subject: 'Root', ca: true }));
const list = listOf({ issuer: 'Root' });
const written = (name: string, content: string | Buffer, folder = newDirectory()): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};
const complaint = (reading: () => unknown): string => {
  try {
    reading();
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    const line = error.worded(asOption);
    assert.match(line, /^[^\n]+$/);
    return line;
  }
  return assert.fail('it was taken');
};

describe('revocation lists from files', () => {
  it('are read in DER, in PEM, and several from one file', () => {
    const pem = pemOf(list, 'X509 CRL');
    for (const [content, count] of [
      [list, 1],
      [pem, 1],
      [`of the Root\n${pem.replaceAll('\n', '\r\n')}${pem}`, 2],
    ] as const) {
      const read = readLists([written('any', content)], [authority]);
      assert.equal(read.length, count);
      for (const one of read) assert.deepEqual(one, readRevocationList(list));
    }
  });

  it('are read from folders, past the certificates and keys that lie there too', () => {
    const folder = newDirectory();
    for (const [name, content] of [
      ['a.crl', list],
      ['b.pem', pemOf(list, 'X509 CRL')],
      ['c.der', list],
      ['ca.pem', authority],
      ['notes.txt', 'none'],
    ] as const)
      written(name, content, folder);
    assert.equal(readLists([folder], [authority]).length, 3);
  });

  it('that cannot be used are told in one line with the option and the file', () => {
    const stranger = written('x.crl', listOf({ issuer: 'Nobody', issuerKey: 'Root' }));
    const line = complaint(() => readLists([stranger], [authority]));
    assert.ok(line.startsWith(`--crl ${stranger}: issued by CN=Nobody`), line);
    for (const [path, reason] of [
      [written('junk.crl', 'junk'), /: no revocation list$/],
      [written('cut.crl', list.subarray(0, -20)), /: no revocation list$/],
      [written('ca.pem', authority), /: no revocation list$/],
      [newDirectory(), /: no \.crl, \.pem or \.der file in the folder$/],
      [join(newDirectory(), 'none'), /there is no such file/],
    ] as const) {
      const told = complaint(() => readLists([path], [authority]));
      assert.ok(told.startsWith(`--crl ${path}`), told);
      assert.match(told, reason);
    }
  });
});

describe('trust anchors from files', () => {
  it('are read from files and folders, and told in one line where they cannot be', () => {
    const folder = newDirectory();
    written('a.pem', authority, folder);
    written('b.crt', authority, folder);
    written('c.txt', 'none', folder);
    assert.deepEqual(readTrust([folder, join(folder, 'a.pem')]), [authority, authority, authority]);
    const empty = written('d.pem', '', folder);
    assert.equal(
      complaint(() => readTrust([folder])),
      `--trust ${empty}: no PEM certificate in it`,
    );
    const damaged = written('e.pem', authority.replace('\nMII', '\nAAA'));
    assert.match(
      complaint(() => readTrust([damaged])),
      /cannot be read$/,
    );
  });
});

describe('the stamp of files', () => {
  it('changes when one is written, comes or goes, and not otherwise', () => {
    const folder = newDirectory();
    const file = written('a.crl', list, folder);
    const stamps = new Set<string>();
    const take = (): void => {
      const stamp = stampOf([file], [folder]);
      assert.equal(stampOf([file], [folder]), stamp);
      assert.ok(!stamps.has(stamp), 'the change was not noticed');
      stamps.add(stamp);
    };
    take();
    writeFileSync(file, Buffer.concat([list, list]));
    take();
    written('b.crl', list, folder);
    take();
    mkdirSync(join(folder, 'c'));
    assert.ok(stamps.has(stampOf([file], [folder])));
    assert.match(stampOf([join(folder, 'none')], []), /gone/);
  });
});
