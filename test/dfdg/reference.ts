// The Danish rules written a second time, in another way: what values mean, their status, and who waits for which code.

import { FORMER, LIFETIME, MINUTE, type RuleName, type Saying } from './circumstances.ts';

/** Values by type with what they mean: equal meanings are the same value; `bad` is none. */
export const MEANING: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  1: {
    '34412304': 'A',
    '+4534412304': 'A',
    '004534412304': 'A',
    '4534412304': 'A',
    '34412305': 'B',
    '+46701740610': 'C',
    '0046701740610': 'C',
    '00299321000': 'D',
    '+299321000': 'D',
    '123': 'bad',
  },
  2: { '32123404': 'A', '+4532123404': 'A', '32123405': 'B', '3212 3404': 'bad' },
  3: {
    'a@b.dk': 'A',
    'A@B.dk': 'A',
    'c@d.dk': 'B',
    'é@blåbær.dk': 'C',
    'E\u0301@BLA\u030aBÆR.dk': 'C',
    'é@xn--blbr-roah.dk': 'C',
    'no address': 'bad',
  },
};
const INVALID: Readonly<Record<number, string>> = { 1: '9156', 2: '9157', 3: '9158' };

export interface Step {
  readonly name: RuleName;
  readonly command: Saying;
  readonly own: boolean;
  /** Milliseconds that pass before it. */
  readonly pause: number;
  /** Whether the code that was sent last to this type is used. */
  readonly right: boolean;
}

/** The reference keeps what things mean: value, status and, apart from both, who waits for which code. */
export interface Model {
  readonly dead: boolean;
  readonly subscribed: boolean;
  values: Map<number, string>;
  status: Map<number, number>;
  codes: Map<number, { code: string; sent: number }>;
  /** Every wrong code and every code sent, whatever became of them. */
  tried: { readonly type: number; readonly kind: 'wrong' | 'sent'; readonly at: number }[];
}

const saved = (model: Model, rows: readonly { type: number; value: string | undefined }[]): string => {
  if (rows.some(({ type }) => !MEANING[type])) return '9153';
  const values = new Map(model.values);
  const touched = new Set<number>();
  for (const [place, { type, value }] of rows.entries()) {
    const meaning = value === undefined ? undefined : MEANING[type]?.[value];
    if (meaning === 'bad') return INVALID[type] ?? '';
    if (rows.slice(place + 1).some((later) => later.type === type)) continue;
    if (meaning === undefined && type === 3 && model.subscribed && values.has(3)) return '9155';
    if (values.get(type) === meaning) continue;
    touched.add(type);
    if (meaning === undefined) values.delete(type);
    else values.set(type, meaning);
  }
  for (const type of touched) {
    model.codes.delete(type);
    model.status.delete(type);
    if (values.has(type)) model.status.set(type, 1);
  }
  model.values = values;
  return 'OK';
};

const verifiable = ({ values, status }: Model, type: number): string => {
  if (!MEANING[type]) return '9153';
  if (values.size === 0) return '9159';
  if (type === 2) return '9240';
  if (!values.has(type)) return '9242';
  return status.get(type) === 2 ? '9247' : 'OK';
};

/** What the rules have to answer; the model becomes what they have to leave. */
export const asked = (model: Model, { name, command, own }: Step, now: number, code: string): string => {
  const { cpr, type = 0, status = 0, rows = [] } = command;
  if (cpr === '3002455001') return '1001';
  if (!own) return '4575';
  if (name === 'read') return 'OK';
  if (model.dead) return '4405';
  if (cpr === FORMER) return '9460';
  if (name === 'save') return saved(model, rows);
  if (name === 'setStatus') {
    if (!MEANING[type]) return '9153';
    if (status > 3) return '2002';
    if (!model.values.has(type)) return '9159';
    model.status.set(type, status);
    model.codes.delete(type);
    return 'OK';
  }
  const fault = verifiable(model, type);
  if (fault !== 'OK') return fault;
  const waiting = model.codes.get(type);
  const kind = name === 'sendCode' ? 'sent' : 'wrong';
  const within = (kind === 'sent' ? 60 : 15) * MINUTE;
  const counted = model.tried.filter(
    (one) => one.type === type && one.kind === kind && now < one.at + within,
  );
  if (counted.length >= 5) return '9244';
  if (kind === 'wrong' && waiting && now - waiting.sent >= LIFETIME) return '9243';
  if (kind === 'wrong' && waiting?.code === code) {
    model.codes.delete(type);
    model.status.set(type, 2);
    return 'OK';
  }
  model.tried.push({ type, kind, at: now });
  if (kind === 'wrong') return '9241';
  model.codes.set(type, { code, sent: now });
  return 'OK';
};
