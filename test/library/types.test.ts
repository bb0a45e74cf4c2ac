// The public types are written by hand; what they say is what the program does. The compiler is the judge: `npm run check`.

import type { EmulatorOptions } from '../../src/library/options.ts';
import type { ConfigurationInput } from '../../src/settings/settings.ts';

/** With every member there, however deep: one that is left out on one side is a difference. */
type Whole<Type> = Type extends string | ((...given: never) => unknown)
  ? Type
  : Type extends readonly (infer Element)[]
    ? readonly Whole<Element>[]
    : Type extends object
      ? { readonly [Name in keyof Type]-?: Whole<Exclude<Type[Name], undefined>> }
      : Type;
type Extends<Left, Right> = [Left] extends [Right] ? true : false;
/** True where each may stand for the other. */
type Same<Left, Right> = [Whole<Left>, Whole<Right>] extends [Whole<Right>, Whole<Left>] ? true : false;

const holds = <_Statement extends true>(): void => {};

describe('the public types', () => {
  it('of the options are those of the settings, in both directions', () => {
    holds<Same<EmulatorOptions, ConfigurationInput>>();
    holds<Extends<EmulatorOptions, ConfigurationInput>>();
    holds<Extends<ConfigurationInput, EmulatorOptions>>();
  });
});
