// Asks xml-crypto on a thread of its own.

import { parentPort, workerData } from 'node:worker_threads';
import { askXmlCrypto } from './xml-crypto.ts';

parentPort?.postMessage(askXmlCrypto(workerData));
