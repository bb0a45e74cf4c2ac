// The choice between the countries, on the screens that show their registers.

import type { Country } from '../../../contract/country.ts';
import { countryList } from '../../../country-list.ts';
import { linkTo } from '../state/route.ts';

/** The country of a link; the usual one where it names none. */
export const countryNamed = (name: string | undefined): Country =>
  countryList.find(({ country }) => country === name) ?? countryList[0];

interface CountriesParts {
  /** The screen. */
  readonly place: string;
  readonly chosen: Country;
}

export const Countries = ({ place, chosen }: CountriesParts) => (
  <nav class="tabs" aria-label="Country">
    {countryList.map(({ country, name }) => (
      <a
        key={country}
        href={linkTo(place, country)}
        aria-current={country === chosen.country ? 'page' : undefined}
      >
        {name}
      </a>
    ))}
  </nav>
);
