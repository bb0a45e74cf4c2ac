// The organisations of a register and what they may do: shown, and replaced as a whole.

import type { z } from 'zod';
import type { Alone } from './alone.ts';
import { readBody } from './body.ts';

/** The organisations of one country. */
export interface OrganisationAdministration<View> {
  list(): View;
  /** @throws ControlError when the body cannot be used; then nothing has changed */
  replace(body: unknown): View;
}

/** What a register brings along. */
interface OrganisationForm<Lists> {
  readonly schema: z.ZodType<Lists>;
  readonly rights: { list(): Lists; replace(lists: Lists): void };
}

export const administerOrganisations = <Lists>(
  { schema, rights }: OrganisationForm<Lists>,
  alone: Alone,
): OrganisationAdministration<Lists> => ({
  list: () => alone.reading(rights.list),
  replace: (body) =>
    alone.changing(() => {
      rights.replace(readBody(schema, body, 'organisations'));
      return rights.list();
    }),
});
