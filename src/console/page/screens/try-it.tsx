// Try it: every operation with its first example filled in, as any client, with any mistake.

import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Failure, Screen } from '../parts/screen.tsx';
import { printableLines } from '../parts/text.ts';
import { useAsked } from '../state/asked.ts';
import { type Called, makeCall } from '../state/called.ts';
import { go } from '../state/route.ts';
import { messageOf, send } from '../state/session.ts';

interface Service {
  readonly name: string;
  readonly title: string;
  readonly operations: readonly { readonly name: string; readonly summary: string }[];
  readonly mistakes: readonly { readonly name: string; readonly does: string }[];
}

type Values = Readonly<Record<string, string>>;

/** What was chosen. An empty client is the usual one. */
interface Form {
  readonly operation: Signal<string>;
  readonly as: Signal<string>;
  readonly values: Signal<Values>;
  readonly mistakes: Signal<readonly string[]>;
  readonly certificate: Signal<string>;
  readonly key: Signal<string>;
}

const callOf = ({ operation, as, values, mistakes, certificate, key }: Form, set: Values = values.value) => ({
  operation: operation.value,
  set,
  ...(as.value === '' ? {} : { as: as.value }),
  ...(certificate.value === '' && key.value === '' ? {} : { certificate: certificate.value, key: key.value }),
  mistakes: mistakes.value,
});

const Operations = ({
  form: { operation },
  services,
}: {
  readonly form: Form;
  readonly services: readonly Service[];
}) => (
  <label class="field">
    Operation
    <select
      value={operation.value}
      onChange={({ currentTarget }) => {
        go('try', currentTarget.value);
      }}
    >
      {services.map(({ name, title, operations }) => (
        <optgroup key={name} label={title}>
          {operations.map((one) => (
            <option key={one.name} value={`${name}.${one.name}`}>
              {one.name}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  </label>
);

const Clients = ({ form: { as } }: { readonly form: Form }) => {
  const { json } = useAsked<{ certificates: readonly { name: string; organisation: string | null }[] }>(
    '/certificates',
  ).value;
  return (
    <label class="field">
      Client
      <select
        value={as.value}
        onChange={({ currentTarget }) => {
          as.value = currentTarget.value;
        }}
      >
        <option value="">the usual client</option>
        {json?.certificates.map(({ name, organisation }) => (
          <option key={name} value={name}>
            {name} {organisation ?? ''}
          </option>
        ))}
      </select>
    </label>
  );
};

const Fields = ({ form: { values } }: { readonly form: Form }) => (
  <fieldset>
    <legend>Fields</legend>
    {Object.keys(values.value).length === 0 && <p>It has none.</p>}
    {Object.entries(values.value).map(([name, value]) => (
      <label key={name} class="field">
        {name}
        <input
          value={value}
          onInput={({ currentTarget }) => {
            values.value = { ...values.value, [name]: currentTarget.value };
          }}
        />
      </label>
    ))}
  </fieldset>
);

const Mistakes = ({
  form: { mistakes },
  all,
}: {
  readonly form: Form;
  readonly all: Service['mistakes'];
}) => (
  <fieldset>
    <legend>Mistakes, on purpose</legend>
    {all.map(({ name, does }) => (
      <label key={name} class="mistake">
        <input
          type="checkbox"
          checked={mistakes.value.includes(name)}
          onChange={({ currentTarget }) => {
            const others = mistakes.value.filter((one) => one !== name);
            mistakes.value = currentTarget.checked ? [...others, name] : others;
          }}
        />
        <span>
          <b>{name}</b> {does}
        </span>
      </label>
    ))}
  </fieldset>
);

const Pem = ({ label, value }: { readonly label: string; readonly value: Signal<string> }) => (
  <label class="field">
    {label}
    <textarea
      rows={4}
      spellcheck={false}
      placeholder={`-----BEGIN ${label.toUpperCase()}-----`}
      value={value.value}
      onInput={({ currentTarget }) => {
        value.value = currentTarget.value;
      }}
    />
  </label>
);

const Answer = ({ called }: { readonly called: Called }) => (
  <section class="card" aria-label="Answer">
    <h2>HTTP {called.httpStatus}, without a number in the journal</h2>
    <pre dir="ltr">{printableLines(called.response)}</pre>
  </section>
);

const useForm = (operation: string): Form => {
  const form: Form = {
    operation: useSignal(operation),
    as: useSignal(''),
    values: useSignal<Values>({}),
    mistakes: useSignal<readonly string[]>([]),
    certificate: useSignal(''),
    key: useSignal(''),
  };
  form.operation.value = operation;
  return form;
};

interface CallParts {
  readonly operation: string;
  readonly services: readonly Service[];
}

const Call = ({ operation, services }: CallParts) => {
  const form = useForm(operation);
  const failure = useSignal<string | undefined>(undefined);
  const called = useSignal<Called | undefined>(undefined);
  const busy = useSignal(false);
  const [name = '', own] = operation.split('.');
  const service = services.find((one) => one.name === name);
  const summary = service?.operations.find((one) => one.name === own)?.summary;
  useEffect(() => {
    form.mistakes.value = [];
    form.values.value = {};
    failure.value = undefined;
    send('POST', '/call', { operation, dryRun: true }).then(
      (ready) => {
        form.values.value = (ready as { values: Values }).values;
      },
      (error: unknown) => {
        failure.value = messageOf(error);
      },
    );
  }, [operation]);
  const call = async (event: Event): Promise<void> => {
    event.preventDefault();
    busy.value = true;
    failure.value = undefined;
    try {
      const answer = await makeCall(callOf(form));
      if (answer.exchange) go('exchange', String(answer.exchange.number));
      else called.value = answer;
    } catch (error) {
      failure.value = messageOf(error);
    }
    busy.value = false;
  };
  return (
    <form class="call" onSubmit={call}>
      <div class="card">
        <Operations form={form} services={services} />
        {summary && <p class="lead">{summary}</p>}
        <Clients form={form} />
        <Fields form={form} />
        <details>
          <summary>A certificate of your own</summary>
          <Pem label="Certificate" value={form.certificate} />
          <Pem label="Private key" value={form.key} />
        </details>
        <Failure message={failure.value} />
        <button type="submit" class="main" disabled={busy.value}>
          {busy.value ? 'Sending …' : 'Send'}
        </button>
      </div>
      <div class="card">
        <Mistakes form={form} all={service?.mistakes ?? []} />
      </div>
      {called.value && <Answer called={called.value} />}
    </form>
  );
};

export const TryIt = ({ operation }: { readonly operation: string | undefined }) => {
  const { json, failure } = useAsked<{ services: readonly Service[] }>('/call').value;
  const [first] = json?.services ?? [];
  const chosen = operation ?? (first && `${first.name}.${first.operations[0]?.name}`);
  return (
    <Screen
      title="Try it"
      lead="A real call over the wire, as kontakt call makes it. The exchange opens when the answer is there."
    >
      <Failure message={failure} />
      {json && chosen !== undefined && <Call operation={chosen} services={json.services} />}
    </Screen>
  );
};
