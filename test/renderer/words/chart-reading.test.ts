// Reading all lines of a chart at one place.
import { expect, it } from 'vitest';
import { dotsAt, nearestPlace, placesOf, readAt, readingOf, readingWords, shownOf } from '#renderer/words/chart-reading';
import type { Series } from '#renderer/words/chart-series';

const line = (short: string, points: [number, number][], kind: Series['kind'] = 'line'): Series => ({
  name: `${short}: a run`,
  short,
  colour: 'run-1',
  kind,
  points: points.map(([x, y]) => ({ x, y })),
});
const series = [
  line('A', [
    [1, 0.5],
    [2, 0.4],
    [3, NaN],
  ]),
  line('B', [
    [2, 0.7],
    [4, 0.6],
  ]),
  line('raw', [[9, 1]], 'faint'),
];

it('places are where a line has a value; a faint line, which another smooths, has none', () => {
  expect(placesOf(series)).toEqual([1, 2, 4]);
  expect(placesOf(series, { from: 2, to: 3 })).toEqual([2]);
});

it('finds the nearest place, whatever lies between', () => {
  expect([-5, 1.4, 1.6, 2.9, 3.1, 50].map((x) => nearestPlace([1, 2, 4], x))).toEqual([0, 0, 1, 1, 2, 2]);
  expect(nearestPlace([], 1)).toBe(-1);
});

it('reads each line by its newest value there', () => {
  expect(readAt(series, 2.5)).toEqual([
    { name: 'A', y: 0.4 },
    { name: 'B', y: 0.7 },
  ]);
  expect(readingWords('Epoch', '1', readAt(series, 1), String)).toBe('Epoch 1: A 0.5, B –');
  expect(readingWords('Epoch', '3', readAt(series, 3), String)).toBe('Epoch 3: A –, B 0.7');
});

it('marks the points that are read, not what is no number', () => {
  expect(dotsAt(series, 2.5)).toEqual([
    { x: 2, y: 0.4, colour: 'run-1' },
    { x: 2, y: 0.7, colour: 'run-1' },
  ]);
  expect(dotsAt(series, 3)).toHaveLength(1);
  expect(dotsAt(series, 0)).toEqual([]);
});

it('a reading is of what is shown alone, at the nearest place in it', () => {
  const axes = { x: 'Epoch', sayY: String };
  const shown = shownOf(series, { ...axes, xMin: 1.5, xMax: 4 });
  expect(shown).toEqual({ whole: { from: 0, to: 9 }, shown: { from: 1.5, to: 4 }, places: [2, 4] });
  expect(readingOf(shown, series, axes, 0)).toMatchObject({ index: 0, place: 2, words: 'Epoch 2: A 0.4, B 0.7' });
  // Nobody points at it yet (control).
  expect(readingOf(shown, series, axes, undefined)).toMatchObject({ index: -1, words: 'Point at it, or use the arrow keys.' });
});
