// A certificate to order, good or bad: what `kontakt cert new` makes, in a form.

import { type Signal, useSignal } from '@preact/signals';
import { Failure } from '../parts/screen.tsx';
import { messageOf, send } from '../state/session.ts';

/** The kinds of names, as the countries have them. */
const SHAPES = [
  ['seid1', 'Norwegian, SEID v1'],
  ['seid2', 'Norwegian, SEID v2'],
  ['oces2', 'Danish, OCES 2'],
  ['oces3', 'Danish, OCES 3'],
] as const;

/** What can be wrong with it; each is a member of the order. */
const FAULTS = [
  ['expired', 'expired a year ago'],
  ['notYetValid', 'valid in a year'],
  ['revoked', 'on the revocation list'],
  ['selfSigned', 'signed with its own key'],
  ['ca', 'the certificate of an authority (CA:TRUE)'],
] as const;
type Fault = (typeof FAULTS)[number][0];

const Text = ({
  label,
  value,
  hint = '',
  required = false,
}: {
  readonly label: string;
  readonly value: Signal<string>;
  readonly hint?: string;
  readonly required?: boolean;
}) => (
  <label class="field">
    {label}
    <input
      value={value.value}
      placeholder={hint}
      required={required}
      spellcheck={false}
      onInput={({ currentTarget }) => {
        value.value = currentTarget.value;
      }}
    />
  </label>
);

const Choice = ({
  label,
  value,
  all,
}: {
  readonly label: string;
  readonly value: Signal<string>;
  readonly all: readonly (readonly [string, string])[];
}) => (
  <label class="field">
    {label}
    <select
      value={value.value}
      onChange={({ currentTarget }) => {
        value.value = currentTarget.value;
      }}
    >
      {all.map(([name, told]) => (
        <option key={name} value={name}>
          {told}
        </option>
      ))}
    </select>
  </label>
);

const Faults = ({ faults }: { readonly faults: Signal<readonly Fault[]> }) => (
  <fieldset>
    <legend>What is wrong with it</legend>
    {FAULTS.map(([name, told]) => (
      <label key={name} class="mistake">
        <input
          type="checkbox"
          checked={faults.value.includes(name)}
          onChange={({ currentTarget }) => {
            const others = faults.value.filter((one) => one !== name);
            faults.value = currentTarget.checked ? [...others, name] : others;
          }}
        />
        <span>{told}</span>
      </label>
    ))}
  </fieldset>
);

export const NewCertificate = () => {
  const client = useSignal('');
  const shape = useSignal('seid1');
  const key = useSignal('rsa');
  const organisation = useSignal('');
  const name = useSignal('');
  const faults = useSignal<readonly Fault[]>([]);
  const failure = useSignal<string | undefined>(undefined);
  const said = useSignal('');
  const make = async (event: Event): Promise<void> => {
    event.preventDefault();
    failure.value = undefined;
    said.value = '';
    const order = {
      client: client.value.trim(),
      shape: shape.value,
      key: key.value,
      ...(organisation.value.trim() === '' ? {} : { organisation: organisation.value.trim() }),
      ...(name.value.trim() === '' ? {} : { name: name.value.trim() }),
      ...Object.fromEntries(faults.value.map((fault) => [fault, true])),
    };
    try {
      await send('POST', '/certificates', order);
      said.value = `${order.client} is made; its files are in the list`;
      client.value = '';
    } catch (error) {
      failure.value = messageOf(error);
    }
  };
  return (
    <details class="card">
      <summary>Make a certificate</summary>
      <form onSubmit={make}>
        <div class="pair">
          <div>
            <Text label="Client" value={client} hint="letters and digits, such as mitt" required />
            <Choice label="Kind" value={shape} all={SHAPES} />
            <Text label="Organisation number" value={organisation} hint="the usual one of the kind" />
            <Text label="Name of the organisation" value={name} hint="that of the client" />
            <Choice
              label="Key"
              value={key}
              all={[
                ['rsa', 'RSA'],
                ['ec', 'elliptic curve: no PKCS#12'],
              ]}
            />
          </div>
          <Faults faults={faults} />
        </div>
        <Failure message={failure.value} />
        <div class="actions">
          <button type="submit" class="main">
            Make it
          </button>
          <span role="status">{said}</span>
        </div>
      </form>
    </details>
  );
};
