// Changes before they are saved: each is undone, what ends where it began is none, and they say what the next version will.
import { expect, test } from 'vitest';
import { change, editsOf, pendingDifference, redo, UNCHANGED, undo } from '#renderer/state/label-edits';
import { differenceSentence } from '#shared/version-difference';

const labelOf = (sample: number) => (sample < 10 ? 'cat' : 'dog');

test('five relabelled, one dropped: the edits of a version and its sentence', () => {
  let history = change(UNCHANGED, [1, 2, 3], 'dog', labelOf);
  history = change(history, [11, 12], 'wolf', labelOf);
  history = change(history, [4], null, labelOf);
  expect(editsOf(history.now)).toEqual({
    relabel: [
      { label: 'dog', samples: [1, 2, 3] },
      { label: 'wolf', samples: [11, 12] },
    ],
    drop: [4],
  });
  expect(differenceSentence(pendingDifference(history.now, labelOf))).toBe('5 relabelled: 3 cat → dog, 2 dog → wolf; 1 dropped');
});

test('undo and redo go step by step; a change after an undo forgets what was undone', () => {
  const first = change(UNCHANGED, [1], 'dog', labelOf);
  const second = change(first, [2], 'dog', labelOf);
  expect([...undo(second).now]).toEqual([...first.now]);
  expect([...redo(undo(second)).now]).toEqual([...second.now]);
  expect(undo(undo(undo(second))).now.size).toBe(0);
  expect(change(undo(second), [3], 'dog', labelOf).undone).toEqual([]);
});

test('a sample given its own class again is not changed, and a change that changes nothing is no step', () => {
  const history = change(change(UNCHANGED, [1], 'dog', labelOf), [1], 'cat', labelOf);
  expect(history.now.size).toBe(0);
  expect(change(UNCHANGED, [1], 'cat', labelOf)).toBe(UNCHANGED);
});
