// The members of a person as a form shows them, per country: where each stands in the JSON, and what it is called.

/** Where a member stands: its names from the outside in. */
export type Path = readonly (string | number)[];

export interface Field {
  readonly path: Path;
  readonly label: string;
  /** A choice of values with their labels; a number stays one. Undefined: a text, or on and off. */
  readonly choices?: readonly (readonly [value: string | number, label: string])[];
  readonly flag?: true;
  /** Several texts, with a comma between them. */
  readonly several?: true;
  /** What is written where nothing is: the member is left out, or null. */
  readonly none?: null;
  /** What goes with it where it is taken away: the object that holds it. */
  readonly whole?: Path;
}

/** Rows of one kind, as many as are wanted. */
export interface Rows {
  readonly path: Path;
  readonly label: string;
  /** Below each row. */
  readonly fields: readonly Field[];
  readonly blank: object;
}

interface Form {
  readonly fields: readonly Field[];
  readonly rows: readonly Rows[];
}

const channel = (name: string, label: string): readonly Field[] => {
  const whole = ['kontaktinformasjon', name];
  return [
    { path: [...whole, 'verdi'], label, whole },
    { path: [...whole, 'sistOppdatert'], label: `${label}, updated` },
    { path: [...whole, 'sistVerifisert'], label: `${label}, verified` },
  ];
};

const plain = (values: readonly string[]): readonly (readonly [string, string])[] =>
  values.map((value) => [value, value]);

export const forms: Readonly<Record<string, Form>> = {
  no: {
    fields: [
      { path: ['status'], label: 'Status', choices: plain(['AKTIV', 'SLETTET']) },
      {
        path: ['slettetAarsak'],
        label: 'Deleted because (slettetAarsak)',
        choices: [
          ['', '–'],
          ...plain(['Selvvalgt', 'Død', 'Utgått', 'UtgåttTest', 'NyIdentitet', 'Forsvunnet']),
        ],
      },
      { path: ['reservert'], label: 'Reserved (reservert)', flag: true },
      ...channel('mobiltelefonnummer', 'Mobile number'),
      ...channel('epostadresse', 'E-mail address'),
    ],
    rows: [
      {
        path: ['postkasser'],
        label: 'Mailbox',
        fields: [
          { path: ['leverandoer'], label: 'Provider, organisation number' },
          { path: ['adresse'], label: 'Address' },
          { path: ['aktiv'], label: 'Active', flag: true },
        ],
        blank: { leverandoer: '984661185', adresse: '', aktiv: false },
      },
    ],
  },
  dk: {
    fields: [
      { path: ['cvCustomerIdentifier'], label: 'CV number', none: null },
      { path: ['tidligereId'], label: 'Former CPR number', none: null },
      { path: ['kommune'], label: 'Kommune, code', none: null },
      { path: ['jobcenter'], label: 'Jobcenter, code', none: null },
      { path: ['akasse'], label: 'A-kasse, code', none: null },
      { path: ['huskeservice'], label: 'Reminded of, by commas (huskeservice)', several: true },
      { path: ['doed'], label: 'Dead (doed)', flag: true },
    ],
    rows: [
      {
        path: ['kontaktdata'],
        label: 'Contact',
        fields: [
          {
            path: ['type'],
            label: 'Type',
            choices: [
              [1, 'mobile'],
              [2, 'landline'],
              [3, 'e-mail'],
            ],
          },
          { path: ['value'], label: 'Number or address' },
          {
            path: ['status'],
            label: 'Status',
            choices: [
              [1, 'not verified'],
              [2, 'verified'],
              [3, 'invalid'],
            ],
          },
        ],
        blank: { type: 1, value: '', status: 1 },
      },
    ],
  },
};

type Json = Readonly<Record<string, unknown>> | readonly unknown[];

/** What stands at a path; undefined: nothing. */
export const valueAt = (json: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<string | number, unknown>)[name]
        : undefined,
    json,
  );

/** The same with something else at a path; undefined takes it away. */
export const withValue = (json: unknown, [name, ...rest]: Path, value: unknown): unknown => {
  if (name === undefined) return value;
  const inner = typeof json === 'object' && json !== null ? (json as Json) : {};
  const changed = withValue((inner as Record<string | number, unknown>)[name], rest, value);
  if (Array.isArray(inner))
    return changed === undefined
      ? inner.filter((_one, index) => index !== name)
      : [...inner.slice(0, Number(name)), changed, ...inner.slice(Number(name) + 1)];
  const { [name]: _before, ...others } = inner as Record<string | number, unknown>;
  return changed === undefined ? others : { ...inner, [name]: changed };
};
