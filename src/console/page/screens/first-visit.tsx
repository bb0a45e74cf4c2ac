// The list before anything came: three calls to begin with, and what to look at in each.

import { useSignal } from '@preact/signals';
import { Failure } from '../parts/screen.tsx';
import { makeCall } from '../state/called.ts';
import { go } from '../state/route.ts';
import { messageOf } from '../state/session.ts';

interface Call {
  readonly operation: string;
  readonly mistakes?: readonly string[];
}

interface Step {
  readonly label: string;
  readonly what: string;
  readonly call: Call;
}

const STEPS: readonly Step[] = [
  {
    label: 'Make a good call',
    what: 'A provider asks whether a person can choose a mailbox. Look at the stages that the signed message goes through, and at the answer.',
    call: { operation: 'postkasseleverandoer.KanVelgeSikkerDigitalPostkasse' },
  },
  {
    label: 'Make a refused call',
    what: 'The same provider deletes a mailbox that the person does not have. The message is right, the register says no: look at the rule.',
    call: { operation: 'postkasseleverandoer.SlettPostkasse' },
  },
  {
    label: 'Make a broken call',
    what: 'Somebody pretty-prints the message after it was signed. Look at the difference between what was signed and what arrived.',
    call: { operation: 'postkasseleverandoer.KanVelgeSikkerDigitalPostkasse', mistakes: ['laid-out'] },
  },
];

export const FirstVisit = () => {
  const failure = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const make = async (call: Call): Promise<void> => {
    busy.value = true;
    try {
      const { exchange } = await makeCall(call);
      if (exchange) go('exchange', String(exchange.number));
    } catch (error) {
      failure.value = messageOf(error);
    }
    busy.value = false;
  };
  return (
    <section class="first" aria-label="First visit">
      <p>Nothing came yet. Point your client at this emulator, or begin here:</p>
      <ol>
        {STEPS.map(({ label, what, call }) => (
          <li key={label} class="card">
            <button type="button" class="main" disabled={busy.value} onClick={() => make(call)}>
              {label}
            </button>
            <p>{what}</p>
          </li>
        ))}
      </ol>
      <Failure message={failure.value} />
      <p>
        <a href="#/try">Try it</a> makes every other call, as any client, with any mistake.
      </p>
    </section>
  );
};
