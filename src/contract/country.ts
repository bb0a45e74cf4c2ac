// A country before anything of it runs: its names and its people. Light to load, since every help text is made of it.

import type { People } from './people.ts';
import type { FileDescription } from './person-files.ts';

/** A member of what says that one organisation may act for another. */
export interface RelationMember {
  /** As the control interface names it. */
  readonly name: string;
  /** Whether it is a number in JSON. */
  readonly number?: true;
  /** All that it may be; undefined: a text. */
  readonly values?: readonly string[];
}

export interface Country {
  /** As addresses and seeds name it: `no`, `dk`. */
  readonly country: string;
  /** As people name it. */
  readonly name: string;
  /** As people name what belongs to it. */
  readonly adjective: string;
  /** The clients of the test PKI that its services are mostly called as, the usual one first. */
  readonly clients: readonly [string, ...string[]];
  readonly people: People;
  /** The files that its persons can be in, the usual one first. */
  readonly files: readonly [FileDescription, ...FileDescription[]];
  /** The members of a relation, in the order of the command line, and what they say together. */
  readonly relation: { readonly members: readonly RelationMember[]; readonly help: string };
}
