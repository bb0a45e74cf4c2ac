// Contract: what the services take, what they answer, and how well each is known.

import { Failure, Screen } from '../parts/screen.tsx';
import { useAsked } from '../state/asked.ts';
import { linkTo } from '../state/route.ts';

interface Operation {
  readonly name: string;
  readonly summary?: string;
  readonly basis: string;
  readonly method?: string;
  readonly path?: string;
  readonly fields?: readonly { readonly name: string; readonly required: boolean; readonly type: string }[];
}

interface Described {
  readonly services: readonly {
    readonly service: string;
    readonly soap: string;
    readonly paths: readonly string[];
    readonly operations: readonly Operation[];
  }[];
  readonly rest?: readonly Operation[];
  readonly codes: readonly { readonly code: string; readonly meaning: string; readonly basis: string }[];
  readonly rules: readonly { readonly what: string; readonly basis: string }[];
}

const Basis = ({ basis }: { readonly basis: string }) => <span class={`tag ${basis}`}>{basis}</span>;

const OperationView = ({
  service,
  operation,
}: {
  readonly service: string;
  readonly operation: Operation;
}) => {
  const { name, summary, basis, method, path, fields = [] } = operation;
  return (
    <li>
      <a href={linkTo('try', `${service}.${name}`)}>{name}</a> <Basis basis={basis} />
      {summary && <p>{summary}</p>}
      {method && (
        <p>
          <code>
            {method} {path}
          </code>
        </p>
      )}
      {fields.length > 0 && (
        <p class="lead">
          {fields
            .map(({ name: field, required, type }) => `${field}${required ? '' : '?'} ${type}`.trim())
            .join(', ')}
        </p>
      )}
    </li>
  );
};

const slug = (country: string, part: string): string => `${country}-${part}`;

const CountryView = ({ country, contract }: { readonly country: string; readonly contract: Described }) => (
  <section class="card" aria-labelledby={slug(country, 'name')}>
    <h2 id={slug(country, 'name')} class="country">
      {country}
    </h2>
    {contract.services.map(({ service, soap, paths, operations }) => (
      <section key={service} aria-label={service}>
        <h3>
          {service} <small>SOAP {soap}</small>
        </h3>
        <p>
          <code>{paths[0]}</code> <a href={`${paths[0]}?wsdl`}>WSDL</a>
        </p>
        <ul class="operations">
          {operations.map((operation) => (
            <OperationView key={operation.name} service={service} operation={operation} />
          ))}
        </ul>
      </section>
    ))}
    {contract.rest && (
      <section aria-label="rest">
        <h3>rest</h3>
        <p>
          <a href="/v1/openapi.json">OpenAPI</a>
        </p>
        <ul class="operations">
          {contract.rest.map((operation) => (
            <OperationView key={operation.name} service="rest" operation={operation} />
          ))}
        </ul>
      </section>
    )}
    <details>
      <summary>Codes ({contract.codes.length})</summary>
      <dl class="facts">
        {contract.codes.map(({ code, meaning, basis }) => (
          <div key={code}>
            <dt>{code}</dt>
            <dd>
              {meaning} <Basis basis={basis} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
    <details>
      <summary>Rules ({contract.rules.length})</summary>
      <ul class="operations">
        {contract.rules.map(({ what, basis }) => (
          <li key={what}>
            {what} <Basis basis={basis} />
          </li>
        ))}
      </ul>
    </details>
  </section>
);

export const Contract = () => {
  const { json, failure } = useAsked<Readonly<Record<string, Described>>>('/contract').value;
  return (
    <Screen
      title="Contract"
      lead="Documented by the owner, observed in real traffic, or assumed: each says how well it is known."
    >
      <Failure message={failure} />
      <div class="pair">
        {Object.entries(json ?? {}).map(([country, contract]) => (
          <CountryView key={country} country={country} contract={contract} />
        ))}
      </div>
    </Screen>
  );
};
