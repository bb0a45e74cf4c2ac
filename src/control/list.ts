// Long lists over the control interface: sent page by page, so that nobody waits for the whole of one.

import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

const asJson = async function* (
  name: string,
  pages: AsyncIterable<readonly unknown[]>,
): AsyncGenerator<string> {
  let before = `{"${name}":[`;
  for await (const page of pages) {
    yield before + page.map((row) => JSON.stringify(row)).join(',');
    before = ',';
  }
  yield before === ',' ? ']}' : `${before}]}`;
};

/** Sends `{"<name>": [ … ]}`. A list that breaks off under way (the register is emptied, or closed) ends without its end. */
export const sendList = (
  reply: FastifyReply,
  name: string,
  pages: AsyncIterable<readonly unknown[]>,
): FastifyReply => reply.type('application/json; charset=utf-8').send(Readable.from(asJson(name, pages)));
