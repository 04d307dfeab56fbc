// Tags that are offered, and what some runs have of one.
import { expect, it } from 'vitest';
import { knownTags, tagCounts, tagState } from '#renderer/words/run-tags';

const runs = [{ tags: ['a', 'b'] }, { tags: ['b'] }, {}];

it('counts tags and offers those of the chosen runs first', () => {
  expect(tagCounts(runs)).toEqual([
    ['b', 2],
    ['a', 1],
  ]);
  expect(knownTags(runs, [{ tags: ['z'] }, runs[0]])).toEqual(['a', 'b', 'z']);
  const many = [{ tags: Array.from({ length: 40 }, (_, i) => `t${i}`) }];
  expect(knownTags(many, [{}])).toHaveLength(24);
  expect(knownTags(many, many)).toHaveLength(40);
});

it('says whether all, some or none have a tag', () => {
  expect([tagState(runs.slice(0, 2), 'b'), tagState(runs, 'b'), tagState(runs, 'x')]).toEqual([true, 'some', false]);
});
