// What one part of a message says of another: where a signer is seen to make the form that the message says, a digest in another
// form is not of a form that was mixed up, but of other declarations.

import { namespaceDeclarationMoved } from './changed/namespace-declaration-moved.ts';
import type { Cause, Subject } from './hypothesis.ts';
import { exclusiveLabelledInclusive, transformsMissing } from './made/forms.ts';
import { textOf, tokensOf } from './octets/tokens.ts';
import type { Outcome, Proof } from './search.ts';

/** A part whose digest or signature was looked at. */
export interface Part {
  readonly subject: Subject;
  /** Undefined: it is right as it arrived. */
  readonly outcome: Outcome | undefined;
}

/** The exclusive form was hashed where the inclusive one counts. */
const isOtherForm = (cause: Cause): boolean =>
  cause === exclusiveLabelledInclusive || cause === transformsMissing;

const exclusively = ({ form, inForm }: Subject): Buffer | undefined =>
  inForm({ comments: form.comments ?? false, prefixes: [], exclusive: true });

/** Whether it shows that the signer makes the inclusive form: what counts is what the exclusive one leaves out. */
const showsInclusive = ({ subject, outcome }: Part): boolean => {
  if (subject.form.exclusive) return false;
  if (outcome) {
    const causes = outcome.proof?.causes ?? [];
    return causes.includes(namespaceDeclarationMoved) && !causes.some(isOtherForm);
  }
  const other = exclusively(subject);
  return other !== undefined && !other.equals(subject.octets);
};

/** Whether declarations that came or went give the exclusive form too. */
const mayHaveMoved = (subject: Subject): boolean => {
  const exclusive = exclusively(subject)?.toString('utf8');
  if (exclusive === undefined) return false;
  for (const former of namespaceDeclarationMoved.undo(tokensOf(subject.octets.toString('utf8'))))
    if (textOf(former) === exclusive) return true;
  return false;
};

const inAgreement = (proof: Proof, subject: Subject): Proof =>
  proof.causes.some(isOtherForm) && mayHaveMoved(subject)
    ? {
        ...proof,
        causes: proof.causes.map((cause) => (isOtherForm(cause) ? namespaceDeclarationMoved : cause)),
      }
    : proof;

/** The same parts; what is proved of one does not speak against what another shows. */
export const agreeing = <One extends Part>(parts: readonly One[]): readonly One[] =>
  parts.some(showsInclusive)
    ? parts.map((part) =>
        part.outcome?.proof
          ? {
              ...part,
              outcome: { ...part.outcome, proof: inAgreement(part.outcome.proof, part.subject) },
            }
          : part,
      )
    : parts;
