// The persons of a country on the command line: how each is told in a list, which of them an option means, and what makes one.

/** A person as it is told. */
export interface ToldPerson {
  /** Under the header; the last cell holds the words on who it is. */
  readonly cells: readonly string[];
  /** Whether something can begin with this person, in the sense of `freeMeans`. */
  readonly free: boolean;
  /** Whether this person is reserved against digital communication. */
  readonly reserved?: boolean;
}

/** How something is that is said of a person: never told by a colour alone. */
export type Standing = 'good' | 'warned' | 'wrong' | 'plain';

/** Something that is said of a person in a word or two. */
export interface Mark {
  readonly standing: Standing;
  readonly text: string;
}

/** An option that a person can be made of, in place of a file. */
export interface PersonOption {
  /** As the command line takes it: a name of one word, and a value where it has one. */
  readonly name: string;
  readonly value?: string;
  readonly help: string;
}

/** The options that were given, by name. */
export type PersonOptions = Readonly<Record<string, unknown>>;

export interface People {
  /** How many digits the number of a person has. */
  readonly digits: number;
  readonly header: readonly string[];
  /** @param person as the control interface shows it */
  readonly tell: (person: unknown) => ToldPerson;
  /**
   * The same at a glance, part by part.
   *
   * @param now the register hand of the clock, in milliseconds since 1970
   */
  readonly marks: (person: unknown, now: number) => readonly Mark[];
  /** What the free ones are, after "those". */
  readonly freeMeans: string;
  /** Why none of them is reserved; undefined: some may be. */
  readonly unreservable?: string;
  readonly options: readonly PersonOption[];
  /** A person in the JSON that the control interface takes. */
  readonly make: (given: PersonOptions) => object;
}

interface PeopleForm<View> extends Omit<People, 'tell' | 'marks'> {
  readonly tell: (person: View) => ToldPerson;
  readonly marks: (person: View, now: number) => readonly Mark[];
}

/** @typeParam View the form in which the control interface shows a person of the country */
export const peopleOf = <View>({ tell, marks, ...people }: PeopleForm<View>): People => ({
  ...people,
  // What comes over the control interface is JSON; the emulator has written it in this form.
  tell: (person) => tell(person as View),
  marks: (person, now) => marks(person as View, now),
});
