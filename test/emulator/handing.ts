// A process that hands over its exchanges; it makes as many as it is told to.

import { type FromHander, handOver, type ToHander } from '../../src/emulator/handed-over.ts';
import { createJournal } from '../../src/journal/journal.ts';
import { portOver } from '../../src/store/served/process-port.ts';
import { exchange } from '../journal/exchange.ts';

const [, , session, from] = process.argv;
if (session !== undefined && process.send) {
  let number = Number(from);
  const journal = createJournal({
    now: () => 7,
    session,
    number: () => {
      number += 1;
      return number;
    },
    onFailure: (error) => {
      throw error;
    },
  });
  handOver(journal, portOver<FromHander, ToHander>(process, 'journal'));
  const told = portOver<string, number>(process, 'test');
  told.hear((many) => {
    // The caller of an exchange has its answer before anybody else hears of it.
    for (let left = many; left > 0; left -= 1) told.send(exchange(journal, 3, 2, { service: 'tjeneste' }));
  });
}
