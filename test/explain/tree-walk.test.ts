// The walk over a large message: it may be interrupted all the time, and reads no more texts than it tells.

import assert from 'node:assert/strict';
import { STEP } from '../../src/explain/tree/path.ts';
import { type TreeNode, treeOf } from '../../src/explain/tree/tree.ts';
import { isProblem } from '../../src/kernel/problem.ts';
import { parse } from '../../src/xml/parse.ts';

const MANY = 20_000;

/** How often a walk could be interrupted, and what it told. */
const walked = (xml: string, at?: string): { readonly times: number; readonly told: string } => {
  const parsed = parse(Buffer.from(xml));
  assert.ok(!isProblem(parsed));
  using document = parsed;
  const walk = treeOf(document, { elements: new Map() }, { at }, true);
  for (let times = 0; ; times += 1) {
    const { done, value } = walk.next();
    if (done) return { times, told: JSON.stringify((value as TreeNode[] | undefined) ?? []) };
  }
};

describe('the walk over a large message', () => {
  it('may be interrupted every few hundred nodes, wherever they are', () => {
    for (const xml of [
      `<x>${'<a/>'.repeat(MANY)}</x>`,
      `<x><y>${'<a>b</a>'.repeat(MANY)}</y></x>`,
      `<x>${'<!--c-->'.repeat(MANY)}</x>`,
    ])
      assert.ok(walked(xml).times >= MANY / STEP);
    assert.ok(walked(`<x>${'<a/>'.repeat(MANY)}<b/></x>`, `0.${MANY}`).times >= MANY / STEP);
  });

  it('hides a number that lies in several texts, also where only some of them are told', () => {
    const parted = '<![CDATA[1283]]>8410<!--x-->985';
    const { told } = walked(`<x>${'<a/>'.repeat(398)}${parted}</x>`);
    assert.match(told, /"text":"1283"/);
    assert.match(told, /"text":"84\*\*"/);
    assert.doesNotMatch(told, /8410/);
  });
});
