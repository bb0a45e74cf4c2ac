// Switches: the clock with its two hands, the security profiles of the services, and the way back.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Failure, Screen } from '../parts/screen.tsx';
import { useAsked } from '../state/asked.ts';
import { messageOf, send } from '../state/session.ts';

interface Hand {
  readonly now: string;
  readonly mode: string;
  readonly offsetSeconds?: number;
}

interface ClockView {
  readonly register: Hand;
  readonly security: Hand;
}

type Doing = (what: string, act: () => Promise<unknown>) => void;

const HANDS = {
  register: 'counts what the registers keep: when a code dies, when something was changed',
  security: 'judges messages: Timestamps and certificates',
} as const;

/** What a hand shows: it goes on while nobody asks. */
const Ticking = ({ hand: { now, mode } }: { readonly hand: Hand }) => {
  const passed = useSignal(0);
  useEffect(() => {
    passed.value = 0;
    if (mode === 'frozen') return undefined;
    const asked = performance.now();
    const timer = setInterval(() => {
      passed.value = performance.now() - asked;
    }, 1000);
    return () => clearInterval(timer);
  }, [now, mode]);
  return <>{new Date(Date.parse(now) + passed.value).toISOString().replace(/\.\d+/, '')}</>;
};

const HandView = ({
  name,
  hand,
  doing,
}: {
  readonly name: keyof typeof HANDS;
  readonly hand: Hand;
  readonly doing: Doing;
}) => {
  const by = useSignal('P1D');
  const at = useSignal('');
  const set = (what: string, change: object): void =>
    doing(what, () => send('PUT', '/clock', { of: name, ...change }));
  return (
    <fieldset class="card">
      <legend>The {name} hand</legend>
      <p class="lead">{HANDS[name]}</p>
      <p class="clock">
        <output aria-label={`The ${name} hand shows`}>
          <Ticking hand={hand} />
        </output>{' '}
        <span class="tag">{hand.mode}</span>
      </p>
      <div class="filters">
        <label>
          By{' '}
          <input
            size={8}
            value={by.value}
            onInput={({ currentTarget }) => {
              by.value = currentTarget.value;
            }}
          />
        </label>
        <button type="button" onClick={() => set(`The ${name} hand went on`, { advance: by.value })}>
          Advance
        </button>
      </div>
      <div class="filters">
        <label>
          At{' '}
          <input
            size={22}
            placeholder={hand.now.replace(/\.\d+/, '')}
            value={at.value}
            onInput={({ currentTarget }) => {
              at.value = currentTarget.value;
            }}
          />
        </label>
        <button type="button" onClick={() => set(`The ${name} hand stands`, { now: at.value || hand.now })}>
          Freeze
        </button>
        <button
          type="button"
          disabled={hand.mode === 'real'}
          onClick={() => set(`The ${name} hand is real again`, { real: true })}
        >
          Real time
        </button>
      </div>
    </fieldset>
  );
};

const Reset = ({ doing }: { readonly doing: Doing }) => {
  const journal = useSignal(false);
  const sure = useSignal(false);
  return (
    <fieldset class="card">
      <legend>Reset</legend>
      <p class="lead">
        Puts the registers back as they were seeded, the clock to real time and the profiles to the
        configuration. Outbox and access log are empty then.
      </p>
      <label>
        <input
          type="checkbox"
          checked={journal.value}
          onChange={({ currentTarget }) => {
            journal.value = currentTarget.checked;
          }}
        />{' '}
        the journal too
      </label>
      <div class="filters">
        <button
          type="button"
          class="danger"
          onClick={() => {
            if (sure.value)
              doing('Everything is as it was seeded', () =>
                send('POST', '/reset', { journal: journal.value }),
              );
            sure.value = !sure.value;
          }}
        >
          {sure.value ? 'Really reset' : 'Reset'}
        </button>
      </div>
    </fieldset>
  );
};

interface ProfilesView {
  readonly services: readonly {
    readonly name: string;
    readonly profile: string;
    readonly configured: string;
  }[];
  readonly profiles: readonly string[];
}

const Profiles = ({ doing }: { readonly doing: Doing }) => {
  const { json, failure } = useAsked<ProfilesView>('/profiles', 'profiles', 'reset').value;
  return (
    <fieldset class="card">
      <legend>Security profiles</legend>
      <p class="lead">
        How strict a service is, from the next message until a reset. Danish services take of a profile only
        whether a client certificate is required.
      </p>
      <Failure message={failure} />
      {json?.services.map(({ name, profile, configured }) => (
        <label key={name} class="choice">
          <span>{name}</span>
          <select
            value={profile}
            onChange={({ currentTarget: { value } }) =>
              doing(`${name} has the profile ${value}`, () => send('PUT', '/profiles', { [name]: value }))
            }
          >
            {json.profiles.map((one) => (
              <option key={one} value={one}>
                {one === configured ? `${one} (configured)` : one}
              </option>
            ))}
          </select>
        </label>
      ))}
    </fieldset>
  );
};

export const Switches = () => {
  const { json: clock, failure } = useAsked<ClockView>('/clock', 'clock', 'reset').value;
  const said = useSignal('');
  const broken = useSignal<string | undefined>(undefined);
  const doing: Doing = (what, act) => {
    said.value = '';
    broken.value = undefined;
    act().then(
      () => {
        said.value = what;
      },
      (error: unknown) => {
        broken.value = messageOf(error);
      },
    );
  };
  return (
    <Screen title="Switches" lead="Time, profiles, and the way back to the beginning.">
      <Failure message={broken.value ?? failure} />
      <p role="status">{said}</p>
      <div class="grid">
        {clock && <HandView name="register" hand={clock.register} doing={doing} />}
        {clock && <HandView name="security" hand={clock.security} doing={doing} />}
        <Reset doing={doing} />
        <Profiles doing={doing} />
      </div>
    </Screen>
  );
};
