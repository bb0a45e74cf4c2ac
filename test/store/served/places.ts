// Registers that one keeper keeps for several processes, for the store's contract: over ports that copy what is sent, as those
// between processes do.

import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Engine, Table } from '../../../src/store/engine.ts';
import { openServed } from '../../../src/store/served/engine.ts';
import { createKeeper, type Keeper } from '../../../src/store/served/keeper.ts';
import type { FromKeeper, Port, ToKeeper } from '../../../src/store/served/messages.ts';
import type { Place } from '../contract/place.ts';
import { inFile } from '../sqlite/places.ts';

const portOf = <Sent, Heard>(port: MessagePort): Port<Sent, Heard> => ({
  send: (message) => port.postMessage(message),
  hear: (listener) => void port.on('message', listener),
  ended: (listener) => void port.once('close', listener),
});

/** An engine of another process, as it were; `cut` is the end of that. */
export const attach = async (
  keeper: Keeper,
  numbers: Parameters<typeof openServed>[1],
): Promise<{ readonly engine: Engine; cut(): void }> => {
  const { port1, port2 } = new MessageChannel();
  keeper.attach(portOf<FromKeeper, ToKeeper>(port1));
  return { engine: await openServed(portOf<ToKeeper, FromKeeper>(port2), numbers), cut: () => port2.close() };
};

/** A register in a file, kept by one and used by another. */
export const inServed = (): Place => {
  const { open, end, kill, stored, fill, hold } = inFile();
  const closings: (() => Promise<void>)[] = [];
  return {
    lasts: true,
    stored: stored ?? (() => []),
    ...(kill ? { kill } : {}),
    ...(fill ? { fill } : {}),
    ...(hold ? { hold } : {}),
    open: async (tables: readonly Table[], real: () => number): Promise<Engine> => {
      const kept = await open(tables, real);
      const { engine, cut } = await attach(createKeeper(kept), kept.numbers);
      let closing: Promise<void> | undefined;
      const close = async (): Promise<void> => {
        await engine.close();
        cut();
        await kept.close();
      };
      const once = (): Promise<void> => {
        closing ??= close();
        return closing;
      };
      closings.push(once);
      return { ...engine, close: once };
    },
    end: async () => {
      for (const close of closings) await close();
      await end();
    },
  };
};
