// Tags as they are typed, and marks that are put on and taken back.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTag, tagsIn, withMarks, type RunMarks } from '#shared/run-marks';

test('tags are words in small letters, each once', () => {
  expect(tagsIn(' Paper, baseline  paper,ÜBER ')).toEqual(['baseline', 'paper', 'über']);
  expect(tagsIn(' , ')).toEqual([]);
  expect(['paper', 'lr-0.01', 'größe'].every(isTag)).toBe(true);
  expect(['', 'two words', 'a,b', 'Paper', 'x'.repeat(41)].some(isTag)).toBe(false);
});

test('whatever is typed becomes tags that are taken', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      expect(tagsIn(text).filter((tag) => !isTag(tag))).toEqual([]);
    }),
  );
});

test('what is taken back leaves a run as if it had never been marked', () => {
  const run: RunMarks & { id: string } = { id: 'a' };
  const marked = withMarks(run, { pinned: true, note: 'why', addTags: ['b', 'a'] });
  expect(marked).toEqual({ id: 'a', pinned: true, note: 'why', tags: ['a', 'b'] });
  expect(withMarks(marked, {})).toEqual(marked);
  expect(withMarks(marked, { pinned: false, note: '', removeTags: ['a', 'b'] })).toEqual(run);
});
