// A relation that is to be added: a field for each of its members.

import { useSignal } from '@preact/signals';
import type { RelationMember } from '../../../contract/country.ts';

type Row = Readonly<Record<string, string | number>>;

interface NewRelationParts {
  readonly members: readonly RelationMember[];
  /** Whether it was added. */
  readonly add: (row: Row) => Promise<boolean>;
}

interface MemberParts {
  readonly member: RelationMember;
  readonly value: string;
  readonly set: (name: string, value: string) => void;
}

const Member = ({ member: { name, values }, value, set }: MemberParts) =>
  values ? (
    <label class="field">
      {name}
      <select value={value} onChange={({ currentTarget }) => set(name, currentTarget.value)}>
        {values.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  ) : (
    <label class="field">
      {name}
      <input required value={value} onInput={({ currentTarget }) => set(name, currentTarget.value)} />
    </label>
  );

export const NewRelation = ({ members, add }: NewRelationParts) => {
  const begin = (): Record<string, string> =>
    Object.fromEntries(members.map(({ name, values: [first = ''] = [] }) => [name, first]));
  const given = useSignal(begin());
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const row = Object.fromEntries(
      members.map(({ name, number }) => {
        const text = (given.value[name] ?? '').trim();
        return [name, number ? Number(text) : text];
      }),
    );
    if (await add(row)) given.value = begin();
  };
  const set = (name: string, value: string): void => {
    given.value = { ...given.value, [name]: value };
  };
  return (
    <form class="fields adding" onSubmit={submit}>
      {members.map((member) => (
        <Member key={member.name} member={member} value={given.value[member.name] ?? ''} set={set} />
      ))}
      <div class="field">
        <button type="submit" class="main">
          Add
        </button>
      </div>
    </form>
  );
};
