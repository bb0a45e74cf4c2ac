// The organisations of a register and what they may do: shown, replaced as a whole, and relations changed one by one.

import type { OrganisationForm } from '../contract/administration.ts';
import type { RelationForm } from '../contract/relations.ts';
import { printIssue } from '../kernel/issue.ts';
import { nothing } from '../store/tables.ts';
import { ControlError } from './problem.ts';
import type { Register } from './register.ts';

/** The organisations of one country. */
export interface OrganisationAdministration<View> {
  list(): Promise<View>;
  /** @throws (rejects) ControlError when the body cannot be used; then nothing has changed */
  replace(body: unknown): Promise<View>;
  /**
   * Adds and removes relations, all that the body names or none.
   *
   * @throws (rejects) ControlError when the body cannot be used, or one that is to be removed is not there
   */
  relate(body: unknown): Promise<View>;
}

export const administerOrganisations = <View>(
  { list, put }: OrganisationForm<View>,
  relations: RelationForm | undefined,
  register: Register,
): OrganisationAdministration<View> => ({
  list: async () => {
    await register.read(nothing);
    return list();
  },
  replace: async (body) => {
    register.check();
    const read = put(body);
    if ('issue' in read) throw new ControlError(400, `organisations: ${printIssue(read.issue)}`);
    await register.write(read.value);
    return list();
  },
  relate: async (body) => {
    register.check();
    const read = relations?.change(body);
    if (!read) throw new ControlError(404, 'the register has no relations');
    if ('issue' in read) throw new ControlError(400, `relations: ${printIssue(read.issue)}`);
    const missing = await register.change(read.value);
    if (missing)
      throw new ControlError(404, `there is no relation ${Object.values(missing).join(' ')} in the register`);
    return list();
  },
});
