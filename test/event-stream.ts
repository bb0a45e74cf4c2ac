// A stream of events of a running emulator, read as any program would.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

interface Told {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** A stream of events that is being read. */
export class Stream {
  readonly response: IncomingMessage;
  readonly told: Told[] = [];
  text = '';

  constructor(response: IncomingMessage) {
    this.response = response;
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      this.text += chunk;
      const blocks = this.text.split('\n\n');
      this.text = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block);
    });
    response.on('error', () => undefined);
  }

  #take(block: string): void {
    const fields = Object.fromEntries(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    this.told.push({
      id: fields.id ?? '',
      event: fields.event ?? '',
      data: JSON.parse(fields.data ?? 'null'),
    });
    this.response.emit('told');
  }

  /** The first event of a kind that was told, or that will be. */
  async next(
    event: string,
    wanted: (data: Told['data'], index: number) => boolean = () => true,
  ): Promise<Told> {
    for (;;) {
      const found = this.told.find((one, index) => one.event === event && wanted(one.data, index));
      if (found) return found;
      await once(this.response, 'told');
    }
  }

  /** The id that the stream stands at. */
  async at(): Promise<string> {
    for (;;) {
      const { id = '' } = this.told.findLast((one) => one.id !== '') ?? {};
      if (id !== '') return id;
      await once(this.response, 'told');
    }
  }

  leave(): void {
    this.response.destroy();
  }
}

export const askedOf = (
  url: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request(`${url}/_emulator${path}`, { headers, agent: false }, resolve).once('error', reject).end();
  });

export const listen = async (
  url: string,
  after = '',
  headers: Record<string, string> = {},
): Promise<Stream> => {
  const response = await askedOf(url, `/events${after === '' ? '' : `?after=${after}`}`, headers);
  assert.equal(response.statusCode, 200);
  return new Stream(response);
};
