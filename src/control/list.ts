// Long lists over the control interface: sent page by page, so that nobody waits for the whole of one.

import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Exported } from './export.ts';

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

/** Sends a file. One that breaks off under way ends without its end; how many persons it began with stands in a header. */
export const sendFile = (reply: FastifyReply, { format, mediaType, persons, text }: Exported): FastifyReply =>
  reply
    .header('x-content-type-options', 'nosniff')
    .header('kontakt-persons', persons)
    .header('content-disposition', `attachment; filename="persons.${format}"`)
    .type(mediaType)
    .send(Readable.from(text));
