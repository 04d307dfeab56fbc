// Copies are judged among those that can be kept: one that was refused takes no other with it.
import { expect, test } from 'vitest';
import { settle, type Row } from '#datasets/settle';
import type { FileProblem, SplitName } from '#shared/dataset';

const REFUSED: FileProblem = { file: 'test/a.png', kind: 'unreadable', message: 'Its mask is damaged.', severity: 'error' };

function row(split: SplitName, refused?: FileProblem): Row {
  const header = { width: 8, height: 8, colour: 'grey', alpha: false, depth: 8, orientation: 1 } as const;
  return { picture: { file: `${split}/a.png`, label: 0, split, bytes: 9 }, header, key: 'key', content: 'same', refused };
}

test('the copy that is learnt from stays where the one that measures cannot be used', () => {
  const { kept, leftOut, unpacked } = settle([row('test', REFUSED), row('train')], ['cat']);
  expect(kept.map(({ picture }) => picture.file)).toEqual(['train/a.png']);
  expect([leftOut, unpacked]).toEqual([[REFUSED], []]);
});

test('control: where both can be used, the one that measures stays', () => {
  const { kept, leftOut, unpacked } = settle([row('test'), row('train')], ['cat']);
  expect(kept.map(({ picture }) => picture.file)).toEqual(['test/a.png']);
  expect(leftOut).toMatchObject([{ file: 'train/a.png', kind: 'duplicate' }]);
  expect(unpacked).toEqual([1]);
});
