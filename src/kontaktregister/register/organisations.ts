// Who may do what: approved mailbox providers, and on whose behalf an organisation may look citizens up.

import { keptLists } from '../../contract/lists.ts';
import type { Origin } from '../../kernel/grounds.ts';
import type { Engine } from '../../store/engine.ts';

export interface Provider {
  readonly orgnr: string;
  readonly navn: string;
}

/** An organisation may use a service on behalf of another, or of itself. */
export interface Relation {
  readonly organisation: string;
  readonly onBehalfOf: string;
  readonly service: 'OPPSLAGSTJENESTEN' | 'ENDRINGSTJENESTEN';
}

export interface Organisations {
  readonly providers: readonly Provider[];
  readonly relations: readonly Relation[];
}

/** What rules ask of the organisations; it is told at once, as it was stored last. */
export interface Rights {
  approved(organisation: string): boolean;
  providers(): readonly Provider[];
  /** What brought the lists about; undefined where a version put them that kept no history. */
  origin(): Origin | undefined;
  /** Whether there is this relation. */
  mayUse(relation: Relation): boolean;
  relations(): readonly Relation[];
}

/** One of each, the last where there are several, in order. */
const sorted = <Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] =>
  [...new Map(rows.map((row) => [keyOf(row), row])).entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, row]) => row);

const kept = keptLists<Organisations>('no_organisations', { providers: [], relations: [] });

export const organisations = {
  table: kept.table,
  /** As they were stored last. */
  current: kept.current,
  /** As they are where a change is decided. */
  find: kept.find,
  /** Replaces all of them. */
  put: ({ providers, relations }: Organisations, by?: Origin) =>
    kept.put(
      {
        providers: sorted(providers, ({ orgnr }) => orgnr),
        relations: sorted(relations, (one) => [one.organisation, one.onBehalfOf, one.service].join(' ')),
      },
      by,
    ),
};

export const rightsIn = (engine: Pick<Engine, 'value'>): Rights => {
  const providers = (): readonly Provider[] => kept.current(engine).providers;
  const relations = (): readonly Relation[] => kept.current(engine).relations;
  return {
    providers,
    approved: (organisation) => providers().some(({ orgnr }) => orgnr === organisation),
    origin: () => kept.origin(engine),
    relations,
    mayUse: ({ organisation, onBehalfOf, service }) =>
      relations().some(
        (one) =>
          one.organisation === organisation && one.onBehalfOf === onBehalfOf && one.service === service,
      ),
  };
};
