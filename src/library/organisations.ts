// Organisations and who may act for whom, as a program around the emulator sees them.

/** What relations are a part of. */
export interface Related {
  readonly relations: readonly unknown[];
}

/** Which relations to add and which to remove; all of it is done, or nothing. */
export interface RelationChange<View extends Related> {
  readonly add?: View['relations'];
  readonly remove?: View['relations'];
}

/** The organisations of one country. */
export interface Organisations<View extends Related, Input> {
  list(): Promise<View>;
  /** Replaces them as a whole. */
  replace(organisations: Input): Promise<View>;
  /** Adds and removes relations in one change; rejects where one that is to be removed is not there. */
  relate(change: RelationChange<View>): Promise<View>;
}
