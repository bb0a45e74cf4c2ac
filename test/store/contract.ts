// What every engine keeps: the promises of src/store/engine.ts and src/store/tables.ts, whatever is underneath.

import type { Engine } from '../../src/store/engine.ts';
import { changesHold } from './contract/changes.ts';
import { longChangesHold } from './contract/exclusive.ts';
import { endsHold, numbersHold, storedHolds } from './contract/lasting.ts';
import { logsHold } from './contract/logs.ts';
import { lossesHold } from './contract/losses.ts';
import { onceKeysHold } from './contract/once.ts';
import { pagesHold } from './contract/pages.ts';
import type { Place } from './contract/place.ts';
import { statesHold } from './contract/states.ts';
import { TABLES } from './contract/tables.ts';
import { valuesHold } from './contract/values.ts';
import { decisionsHold } from './contract/wholeness.ts';

/**
 * Says what an engine keeps, each case on a register of its own.
 *
 * @param name of the engine
 * @param makePlace somewhere to keep a new register; makes nothing before it is opened
 */
export const storeContract = (name: string, makePlace: () => Place): void => {
  describe(`the store (${name})`, () => {
    let place = makePlace();
    let engine: Engine;
    let real = 0;
    const open = async (): Promise<Engine> => {
      engine = await place.open(TABLES, () => real);
      return engine;
    };
    const setReal = (time: number): void => {
      real = time;
    };

    beforeEach(async () => {
      place = makePlace();
      real = 0;
      await open();
    });
    afterEach(() => place.end());

    describe('states', () => statesHold(() => engine));
    describe('a list in pages', () => pagesHold(() => engine));
    describe('states by their changes', () => changesHold(() => engine));
    describe('decisions', () => decisionsHold(() => engine));
    describe('logs', () => logsHold(() => engine));
    describe('keys that count once', () => onceKeysHold(() => ({ engine, setReal })));
    describe('single values', () => valuesHold(() => engine));
    describe('running numbers', () => numbersHold(() => engine));
    describe('a long change', () => longChangesHold(() => engine));
    describe('the end', () => endsHold(() => engine));
    describe('that', () =>
      lossesHold(
        () => engine,
        () => place,
      ));
    if (place.lasts)
      describe('what is stored,', () =>
        storedHolds(
          () => engine,
          () => place,
          open,
        ));
  });
};
