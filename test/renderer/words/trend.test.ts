// The curves of a run in plain words.
import { expect, test } from 'vitest';
import type { StepPoint } from '#renderer/state/curve';
import { trendWords } from '#renderer/words/trend';

const steps = (count: number, of: (step: number) => number): StepPoint[] =>
  Array.from({ length: count }, (_, i) => ({ step: i + 1, epoch: 1, loss: of(i + 1), accuracy: 0.5, seconds: i }));
const epochs = (validation: number[], train: (i: number) => number = () => 0.5) =>
  validation.map((validationLoss, i) => ({
    epoch: i + 1,
    step: 10 * (i + 1),
    trainLoss: train(i),
    trainAccuracy: 0.9,
    validationLoss,
    validationAccuracy: 0.9,
  }));
const falling = (i: number) => 1 / (i + 1);

test('a loss falls, rises or stands', () => {
  expect(trendWords(steps(90, falling), [])).toEqual(['The loss is falling.']);
  expect(
    trendWords(
      steps(90, (step) => step),
      [],
    ),
  ).toEqual(['The loss is rising.']);
  expect(
    trendWords(
      steps(90, () => 0.4),
      [],
    ),
  ).toEqual(['The loss has hardly changed lately.']);
  expect(trendWords(steps(5, falling), [])).toEqual([]);
});

test('a loss that is no number is said with how to keep what was good, where anything was', () => {
  const lost = steps(20, (step) => (step < 15 ? 1 / step : NaN));
  expect(trendWords(lost, epochs([0.9, 0.5, NaN]))[0]).toMatch(
    /^The loss is not a number any more. Finish early to keep the best epoch so far, or discard/,
  );
  expect(trendWords(lost, epochs([NaN]))[0]).toMatch(/any more. Discard the run;/);
});

test('validation that does not get better is said once it has waited, and learning by heart is told from standing still', () => {
  expect(trendWords([], epochs([0.9, 0.5, 0.4]))).toEqual(['Validation is at its best so far: loss 0.400 after epoch 3.']);
  expect(trendWords([], epochs([0.4, 0.41, 0.42]))).toEqual([]);
  expect(trendWords([], epochs([0.9, 0.4, 0.401, 0.401, 0.401, 0.401]))).toEqual([
    'Validation has not improved for 4 epochs; epoch 2 was the best (loss 0.400).',
  ]);
  const byHeart = trendWords(steps(90, falling), epochs([0.9, 0.4, 0.45, 0.5, 0.55], falling));
  expect(byHeart).toEqual([
    expect.stringMatching(/since epoch 2: the model begins to learn by heart\. That epoch is kept, by its loss\.$/),
  ]);
  expect(trendWords([], epochs([0.9, 0.4, 0.45, 0.5, 0.55], falling), 'last')[0]).toMatch(
    /Kept is the last epoch; this one stays beside it\.$/,
  );
  // The same validation while training does not fall either is not that.
  expect(trendWords([], epochs([0.9, 0.4, 0.45, 0.5, 0.55]))[0]).toMatch(/^Validation has not improved for 3 epochs/);
});

test('a loss that is no number is the one thing said', () => {
  expect(
    trendWords(
      steps(90, (step) => (step > 80 ? NaN : 1)),
      epochs([0.4, 0.5]),
    ),
  ).toEqual([expect.stringMatching(/not a number any more\. .*smaller learning rate/)]);
});
