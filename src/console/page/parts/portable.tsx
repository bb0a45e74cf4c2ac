// The exchange as a file that `kontakt explain` opens elsewhere, with the numbers of persons hidden.

import { useSignal } from '@preact/signals';
import { askJson, messageOf, saveAs } from '../state/session.ts';

export const Portable = ({ number }: { readonly number: number }) => {
  const told = useSignal('');
  const save = async (): Promise<void> => {
    try {
      const exported = await askJson<object>(`/journal/${number}/export`);
      const content = `${JSON.stringify(exported, null, 2)}\n`;
      saveAs(`exchange-${number}.json`, new Blob([content], { type: 'application/json' }));
      told.value = '';
    } catch (error) {
      told.value = messageOf(error);
    }
  };
  return (
    <span class="copy">
      <button type="button" onClick={save}>
        File for a colleague
      </button>
      <span role="status">{told}</span>
    </span>
  );
};
