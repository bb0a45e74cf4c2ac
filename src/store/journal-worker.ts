// Keeps the journal's file on a thread of its own: nobody who is answered waits for its disk.

import { parentPort, workerData } from 'node:worker_threads';
import { serveJournal } from './sqlite/journal/serve.ts';

if (parentPort) serveJournal(parentPort, workerData);
