// A comment was put where comments count: into SignedInfo, by a method WithComments.

import type { Change } from '../hypothesis.ts';

export const commentAdded: Change = {
  cause: 'comment-added',
  sentence: 'a comment was added after the message was signed, where the method counts comments',
  why: 'A tool writes a comment into the message behind the signer, and the canonical form counts comments.',
  rule: 'Canonical XML §2.1: a method WithComments counts comments',
  remedy: 'add no comments behind the signer, or sign by a method without comments',
  *undo(tokens) {
    const comments = tokens.filter(({ kind }) => kind === 'other');
    if (comments.length === 0) return;
    yield tokens.filter(({ kind }) => kind !== 'other');
    if (comments.length > 1) for (const one of comments) yield tokens.filter((token) => token !== one);
  },
};
