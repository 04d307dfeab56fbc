// Curves of repeats as one: mean and spread epoch by epoch, as far as all of them went.
import { expect, it } from 'vitest';
import { groupSeries, groupSummary, groupTable, meanCurve, repeatGroups, withDetails } from '#renderer/words/repeat-curves';
import { run } from '#test/support/window/run-things';

const losses = (id: string, seed: number, values: number[], batch = 256) => {
  const made = run({ id }, values.length);
  const epochs = made.epochs.map((epoch, i) => ({ ...epoch, validationLoss: values[i] }));
  return { ...made, spec: { ...made.spec, epochs: 30, seed, batch }, epochs };
};
const a = losses('a', 1, [3, 2, 1]);
const again = losses('again', 2, [5, 4]);
const b = losses('b', 1, [9, 8, 7], 64);
const all = [a, again, b];
const compared = all.map((each, i) => ({ run: each, letter: 'ABC'[i], colour: 'run-1' as const, dash: [] }));
const groups = () => withDetails(repeatGroups(compared, all), all)!;

it('repeats make one line, which the first stands for; what is not read yet makes none', () => {
  expect(groups().map(({ letter, repeats }) => [letter, repeats.map(({ id }) => id)])).toEqual([
    ['A', ['a', 'again']],
    ['C', ['b']],
  ]);
  expect(withDetails(repeatGroups(compared, all), [a, b])).toBeUndefined();
});

it('an exact repeat is no other seed, and what has not ended holds no mean up', () => {
  const same = { ...losses('same', 1, [3, 2, 1]), startedAt: '2999-01-01T00:00:00.000Z' };
  const ids = (those: typeof compared, runs: typeof all) => repeatGroups(those, runs).map(({ repeats }) => repeats.map(({ id }) => id));
  expect(ids(compared.slice(0, 1), [...all, same])).toEqual([['a', 'again']]);
  // Both compared are one line, too.
  expect(ids([compared[0], { ...compared[0], run: same }], [...all, same])).toHaveLength(1);
  const trains = { ...compared[0], run: { ...a, state: 'running' as const } };
  expect(ids([trains], [trains.run, again])).toEqual([['a']]);
});

it('is the mean as far as all of them went, with a deviation where there are several', () => {
  expect(meanCurve([a, again], 'validationLoss', 'epoch')).toEqual([
    { epoch: 1, x: 1, y: 4, deviation: Math.SQRT2 },
    { epoch: 2, x: 2, y: 3, deviation: Math.SQRT2 },
  ]);
  expect(meanCurve([b], 'validationLoss', 'epoch').map(({ y, deviation }) => [y, deviation])).toEqual([
    [9, 0],
    [8, 0],
    [7, 0],
  ]);
});

it('draws a band around a mean and none around a single run, and tells both as figures', () => {
  const series = groupSeries(groups(), 'validationLoss', 'epoch', 0);
  expect(series.map(({ name, kind }) => [name, kind])).toEqual([
    ['A: digits, Small CNN, batch 256, mean of 2 seeds', 'line'],
    ['C: digits, Small CNN, batch 256', 'line'],
    ['A, spread', 'band'],
  ]);
  expect([series[2].lower![0].y, series[2].points[0].y]).toEqual([4 - Math.SQRT2, 4 + Math.SQRT2]);
  const say = (value: number) => value.toFixed(1);
  expect(groupTable(groups(), 'validationLoss', say).rows).toEqual([
    ['1', '4.0 ± 1.4', '9.0'],
    ['2', '3.0 ± 1.4', '8.0'],
    ['3', '–', '7.0'],
  ]);
  expect(groupSummary(groups(), 'validationLoss', 'Validation loss', say)).toBe(
    'Validation loss after the last epoch that all repeats have, mean ± standard deviation: A 3.0 ± 1.4 (2 seeds), C 7.0.',
  );
});
