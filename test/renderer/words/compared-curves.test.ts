// Curves of several runs on one page: what each is drawn over, smoothed, in a table and a sentence; and how runs are told apart.
import { expect, it } from 'vitest';
import { comparedSeries, comparedSummary, comparedTable, curveOf, secondsAt, type Drawn } from '#renderer/words/compared-curves';
import { runLooks } from '#renderer/words/compared-runs';
import { DEFAULT_SPEC } from '#shared/run-spec';

const epoch = (n: number, validationLoss: number) => ({
  epoch: n,
  step: 10 * n,
  trainLoss: 1 / n,
  trainAccuracy: 0.5,
  validationLoss,
  validationAccuracy: NaN,
});
const step = (n: number, seconds: number) => ({ step: n, epoch: 1, loss: 1, accuracy: 0, seconds });

const drawn = (id: string, losses: number[], startedAt: string): Drawn & { run: { startedAt: string } } => ({
  ...runLooks([{ startedAt }])[0],
  run: {
    id,
    name: 'digits',
    startedAt,
    spec: { ...DEFAULT_SPEC, batch: 32 },
    receipt: undefined,
    // Thinned: between steps 4 and 24 there is none.
    steps: [step(1, 1), step(4, 4), step(24, 44)],
    epochs: losses.map((loss, i) => epoch(i + 1, loss)),
  },
});

it('is drawn over epochs, steps, samples or time; what lies between the points of a thinned curve is read off its line', () => {
  const { run } = drawn('a', [0.9, 0.5], '2026-11-30');
  const xs = (axis: Parameters<typeof curveOf>[2]) => curveOf(run, 'validationLoss', axis, 0).shown.map(({ x }) => x);
  expect(xs('epoch')).toEqual([1, 2]);
  expect(xs('step')).toEqual([10, 20]);
  expect(xs('samples')).toEqual([320, 640]);
  expect(xs('time')).toEqual([16, 36]);
  expect(secondsAt(run.steps, 2)).toBe(2);
  expect(secondsAt([], 2)).toBeNaN();
  // What has no value is no point.
  expect(curveOf(run, 'score', 'epoch', 0).shown).toEqual([]);
});

it('smooths over epochs whatever it is drawn over, with what was measured faintly behind', () => {
  const one = drawn('a', [1, 0, 1, 0], '2026-11-30');
  const smooth = (axis: 'epoch' | 'time') => curveOf(one.run, 'validationLoss', axis, 0.5).shown.map(({ y }) => y);
  expect(smooth('time')).toEqual(smooth('epoch'));
  expect(smooth('epoch')).not.toEqual([1, 0, 1, 0]);
  expect(comparedSeries([one], 'validationLoss', 'epoch', 0).map(({ kind }) => kind)).toEqual(['line']);
  expect(comparedSeries([one], 'validationLoss', 'epoch', 0.5).map(({ kind }) => kind)).toEqual(['line', 'faint']);
});

it('says the same as a table, a column a run, and in a sentence', () => {
  const two = [
    { ...drawn('a', [0.9, 0.5], '2026-11-30'), letter: 'A' },
    { ...drawn('b', [0.8], '2026-11-30'), letter: 'B' },
  ];
  expect(comparedTable(two, 'validationLoss', String)).toEqual({
    columns: ['Epoch', 'A', 'B'],
    rows: [
      ['1', '0.9', '0.8'],
      ['2', '0.5', '–'],
    ],
  });
  expect(comparedSummary(two, 'validationLoss', 'Validation loss', String)).toBe(
    'Validation loss after each run’s last epoch: A 0.5, B 0.8.',
  );
  const kept = two.map((one) => ({ ...one, run: { ...one.run, keptModel: { of: 'best epoch' as const, epoch: 1, step: 10 } } }));
  expect(comparedSummary(kept, 'validationLoss', 'Validation loss', String)).toBe(
    'Validation loss after each run’s last epoch: A 0.5, B 0.8. The table is of the models that are kept: A of epoch 1.',
  );
});

it('gives each run a letter, a colour and a dash of its own, by when it was started and not by which is the baseline', () => {
  const startedAt = Array.from({ length: 8 }, (_, i) => ({ startedAt: `2026-11-30T1${i}` }));
  const looks = runLooks(startedAt);
  expect(looks.map(({ letter }) => letter).join('')).toBe('ABCDEFGH');
  expect(new Set(looks.map(({ colour }) => colour)).size).toBe(8);
  expect(new Set(looks.map(({ dash }) => dash.join())).size).toBe(8);
  expect(runLooks([startedAt[1], startedAt[0]]).map(({ letter }) => letter)).toEqual(['B', 'A']);
});
