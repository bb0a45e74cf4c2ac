// The page of the console: the files of the build, read when a browser asks for them.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { packagePath } from '../kernel/root.ts';

const FOLDER = packagePath('dist/console');

/** Nothing but the page's own files: no script of a message that it shows can run, and no page can frame it. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The names of the build hold a hash of the content. */
const NAME = /^[a-z]+-[A-Z0-9]+\.(css|js|svg)$/;
const FOREVER = 'public, max-age=31536000, immutable';

const send = async (reply: FastifyReply, name: string, lasting: string): Promise<FastifyReply> => {
  const content = await readFile(join(FOLDER, name));
  return reply
    .header('content-security-policy', POLICY)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', lasting)
    .type(TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream')
    .send(content);
};

const missing = (reply: FastifyReply, text: string): FastifyReply =>
  reply.code(404).type('text/plain; charset=utf-8').send(`${text}\n`);

/** Answers with the page. */
export type SendPage = (reply: FastifyReply) => Promise<FastifyReply>;

interface OneFile {
  readonly Params: { readonly file: string };
}

/** Mounts the page's files; the page itself is answered where the list of all that can be asked for stands. */
export const mountConsole = (app: FastifyInstance): SendPage => {
  const orMissing = async (reply: FastifyReply, name: string, lasting: string): Promise<FastifyReply> => {
    try {
      return await send(reply, name, lasting);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') throw error;
      return missing(reply, 'the console is not built: npm run build makes it');
    }
  };
  app.get<OneFile>('/_console/:file', async ({ params: { file } }, reply) =>
    NAME.test(file) ? orMissing(reply, file, FOREVER) : missing(reply, 'the console has no such file'),
  );
  return (reply) => orMissing(reply, 'index.html', 'no-cache');
};
