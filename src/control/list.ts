// Long lists over the control interface: sent page by page, with others between, so that nobody waits for the whole of one.

import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';

const asJson = async function* (
  name: string,
  pages: Iterable<readonly unknown[]>,
  alone: () => void,
): AsyncGenerator<string> {
  const iterator = pages[Symbol.iterator]();
  let before = `{"${name}":[`;
  for (;;) {
    // What others have begun to change since the page before is stored before it is told.
    alone();
    const { done, value } = iterator.next();
    if (done) break;
    yield before + value.map((row) => JSON.stringify(row)).join(',');
    before = ',';
    await setImmediate();
  }
  yield before === ',' ? ']}' : `${before}]}`;
};

/**
 * Sends `{"<name>": [ … ]}`. A list that breaks off under way (the register is emptied, or closed) ends without its end.
 *
 * @param alone ends what others have begun to change
 */
export const sendList = (
  reply: FastifyReply,
  name: string,
  pages: Iterable<readonly unknown[]>,
  alone: () => void,
): FastifyReply =>
  reply.type('application/json; charset=utf-8').send(Readable.from(asJson(name, pages, alone)));
