// Who may do what: approved mailbox providers, and on whose behalf an organisation may look citizens up.

import type { Sqlite } from '../../store/sqlite.ts';

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

export interface Rights {
  approved(organisation: string): boolean;
  providers(): readonly Provider[];
  list(): Organisations;
  /** Replaces the whole list, or nothing. */
  replace(organisations: Organisations): void;
}

export const createRights = (database: Sqlite): Rights => {
  const approved = database.prepare<[string]>('SELECT 1 FROM leverandoer WHERE orgnr = ?').pluck();
  const providers = database.prepare<[], Provider>('SELECT orgnr, navn FROM leverandoer ORDER BY orgnr');
  const relations = database.prepare<[], Relation>(
    `SELECT organisasjon AS organisation, paa_vegne_av AS onBehalfOf, tjeneste AS service FROM tilgang
     ORDER BY organisasjon, paa_vegne_av, tjeneste`,
  );
  const addProvider = database.prepare<[string, string]>('INSERT OR REPLACE INTO leverandoer VALUES (?, ?)');
  const addRelation = database.prepare<[string, string, string]>(
    'INSERT OR REPLACE INTO tilgang VALUES (?, ?, ?)',
  );
  return {
    approved: (organisation) => approved.get(organisation) !== undefined,
    providers: () => providers.all(),
    list: () => ({ providers: providers.all(), relations: relations.all() }),
    replace: database.transaction((organisations: Organisations) => {
      database.exec('DELETE FROM leverandoer; DELETE FROM tilgang');
      for (const { orgnr, navn } of organisations.providers) addProvider.run(orgnr, navn);
      for (const { organisation, onBehalfOf, service } of organisations.relations) {
        addRelation.run(organisation, onBehalfOf, service);
      }
    }),
  };
};
