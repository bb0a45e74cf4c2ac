export type * from './index.js' with { 'resolution-mode': 'import' };
export declare const createEmulator: typeof import('./index.js', { with: {
  'resolution-mode': 'import',
}}).createEmulator;
