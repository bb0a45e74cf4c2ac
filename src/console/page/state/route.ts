// Where in the console somebody is: the part of the address after #, so that every place has a link.

import { computed, signal } from '@preact/signals';

const read = (): string => location.hash.replace(/^#\/?/, '') || 'exchanges';

const hash = signal(read());

addEventListener('hashchange', () => {
  hash.value = read();
});

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** The parts of the place, such as `exchange` and `42`. */
export const route = computed((): readonly string[] => hash.value.split('/').map(decoded));

export const go = (...parts: readonly string[]): void => {
  location.hash = `/${parts.map(encodeURIComponent).join('/')}`;
};

export const linkTo = (...parts: readonly (string | number)[]): string =>
  `#/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
