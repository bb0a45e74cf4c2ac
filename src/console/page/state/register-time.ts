// What the register hand of the clock shows: it says how old contact information is.

import { useAsked } from './asked.ts';

/** In milliseconds since 1970; undefined until the emulator has told. */
export const useRegisterTime = (): number | undefined => {
  const { json } = useAsked<{ register: { now: string } }>('/clock', 'clock', 'reset').value;
  return json && Date.parse(json.register.now);
};
