// What the register of colours keeps: whose colour is which, and how it is switched.

import * as z from 'zod';
import { organisationForm, personForm } from '../../../src/contract/administration.ts';
import type { Ground, OpenRegister } from '../../../src/contract/contract.ts';
import { collection, emptied, value } from '../../../src/store/tables.ts';

export interface Choice {
  readonly id: string;
  readonly colour: string;
}

export const choices = collection<Choice, Choice>({
  name: 'xx_choice',
  form: 1,
  keys: [{ name: 'colour', unique: false, of: ({ colour }) => colour }],
  encode: (choice) => choice,
  decode: (choice) => choice,
});

const painters = value('xx_painters', { painters: ['Munch'] });
const seeded = value('xx_seeded', false);

export const open = ({ engine }: Ground<object>): OpenRegister => ({
  administration: {
    persons: personForm({
      word: 'chooser',
      collection: choices,
      schema: z.strictObject({ id: z.string(), colour: z.string() }),
      read: (choice) => choice,
      keep: (choice) => [choices.save(choice)],
      view: (choice) => choice,
    }),
    organisations: organisationForm(z.strictObject({ painters: z.array(z.string()) }), painters, engine),
    facts: { choosers: choices.count() },
    own: {},
  },
  seeding: {
    done: () => seeded.current(engine),
    mark: () => seeded.put(true),
    clear: [emptied(choices)],
    add: () => [],
  },
});
