// The organisations of a register and what they may do: shown, and replaced as a whole.

import type { OrganisationForm } from '../contract/administration.ts';
import { printIssue } from '../kernel/issue.ts';
import { nothing } from '../store/tables.ts';
import { ControlError } from './problem.ts';
import type { Register } from './register.ts';

/** The organisations of one country. */
export interface OrganisationAdministration<View> {
  list(): Promise<View>;
  /** @throws (rejects) ControlError when the body cannot be used; then nothing has changed */
  replace(body: unknown): Promise<View>;
}

export const administerOrganisations = <View>(
  { list, put }: OrganisationForm<View>,
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
});
