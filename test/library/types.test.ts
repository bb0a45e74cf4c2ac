// The public types are written by hand; what they say is what the program does. The compiler is the judge: `npm run check`.

import type { ClockView } from '../../src/control/clock.ts';
import type { EntryView, ExchangesAsked } from '../../src/control/journal.ts';
import type { ResetOptions } from '../../src/control/reset.ts';
import type { CitizenJson, citizenToJson } from '../../src/dfdg/register/json.ts';
import type { AccessRow, OutboxRow } from '../../src/dfdg/register/logs.ts';
import type { DanishOrganisations } from '../../src/dfdg/register/organisations.ts';
import type * as face from '../../src/index.ts';
import type { PersonJson, personToJson } from '../../src/kontaktregister/register/json.ts';
import type { Organisations } from '../../src/kontaktregister/register/organisations.ts';
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
    holds<Same<face.EmulatorOptions, ConfigurationInput>>();
    holds<Extends<face.EmulatorOptions, ConfigurationInput>>();
    holds<Extends<ConfigurationInput, face.EmulatorOptions>>();
  });

  it('of persons and organisations are what the registers show and take', () => {
    holds<Same<face.Person, ReturnType<typeof personToJson>>>();
    holds<Same<face.Citizen, ReturnType<typeof citizenToJson>>>();
    holds<Same<face.PersonInput, PersonJson>>();
    holds<Extends<Whole<face.CitizenInput>, Whole<CitizenJson>>>();
    holds<Extends<keyof CitizenJson, keyof face.CitizenInput>>();
    holds<Same<face.NorwegianOrganisations, Organisations>>();
    holds<Same<face.DanishOrganisations, DanishOrganisations>>();
  });

  it('let what was shown be put back', () => {
    holds<Extends<face.Person, face.PersonInput>>();
    holds<Extends<face.Citizen, face.CitizenInput>>();
    holds<Extends<face.NorwegianOrganisations, face.NorwegianOrganisationsInput>>();
    holds<Extends<face.DanishOrganisations, face.DanishOrganisationsInput>>();
  });

  it('of what happened are what journal and logs show', () => {
    holds<Same<face.Exchange, EntryView>>();
    holds<Same<face.OutboxMessage, OutboxRow>>();
    holds<Same<face.Access, AccessRow>>();
    holds<Same<face.ClockReading, ClockView>>();
    holds<Same<face.ResetOptions, ResetOptions>>();
    holds<Extends<keyof ExchangesAsked, keyof face.ExchangesAsked | 'before'>>();
  });
});
