// A button that copies a text, and says so.

import { useSignal } from '@preact/signals';

interface CopyParts {
  readonly text: () => string | Promise<string>;
  readonly label: string;
}

const SHOWN = 2000;

export const Copy = ({ text, label }: CopyParts) => {
  const told = useSignal('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(await text());
      told.value = 'Copied';
    } catch {
      // Browsers let pages copy only over https or on this machine.
      told.value = 'The browser does not let this page copy';
    }
    setTimeout(() => {
      told.value = '';
    }, SHOWN);
  };
  return (
    <span class="copy">
      <button type="button" onClick={copy}>
        {label}
      </button>
      <span role="status">{told}</span>
    </span>
  );
};
