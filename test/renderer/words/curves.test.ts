// What charts say to those who do not see them.
import { expect, test } from 'vitest';
import { chartTable } from '#renderer/words/chart-table';
import { accuracySummary, lossSummary, scoreSummary, type EpochPoint } from '#renderer/words/curve-summary';
import { loss } from '#renderer/words/numbers';

const epoch = (n: number, validationLoss: number, validationAccuracy: number): EpochPoint => ({
  epoch: n,
  step: 6 * n,
  trainLoss: 1 / n,
  trainAccuracy: 0.9,
  validationLoss,
  validationAccuracy,
});

test('nothing to say before the first epoch', () => {
  expect(lossSummary([])).toContain('not done yet');
  expect([lossSummary([], true), accuracySummary([], 'pictures', true)]).toEqual([
    'Loss: no epoch was done.',
    'Accuracy: no epoch was done.',
  ]);
});

test('the best epoch is named when it is not the last', () => {
  const epochs = [epoch(1, 0.9, 0.7), epoch(2, 0.3, 0.95), epoch(3, 0.5, 0.9)];
  expect(lossSummary(epochs)).toContain('lowest at epoch 2 (0.300)');
  expect(accuracySummary(epochs)).toMatch(/ in training\. Highest was epoch 2 \(95\.0 %\)\.$/);
  // A model is kept by its loss, which need not be lowest where most is right.
  const unlike = [epoch(1, 0.9, 0.7), epoch(2, 0.2, 0.9), epoch(3, 0.3, 0.95), epoch(4, 0.5, 0.8)];
  expect(accuracySummary(unlike)).toMatch(/Highest was epoch 3 \(95\.0 %\); epoch 2, the best by loss, had 90\.0 %\.$/);
  expect(accuracySummary(unlike.slice(0, 3))).toMatch(/Highest was epoch 3 .*; epoch 2, the best by loss/);
  expect(accuracySummary(unlike.slice(0, 2))).not.toContain('Highest');
  const alike = [epoch(1, 0.9, 0.95), epoch(2, 0.2, 0.95), epoch(3, 0.3, 0.8)];
  expect(accuracySummary(alike)).toMatch(/Highest was epoch 2 \(95\.0 %\)\.$/);
  expect(accuracySummary(alike.slice(0, 2))).not.toContain('Highest');
  const scored = unlike.map((one) => ({ ...one, scores: { validation: { iou: one.validationAccuracy, dice: 1 } } }));
  expect(scoreSummary(scored, 'masks')).toMatch(/ Highest was epoch 3 \(0\.950\); epoch 2, the best by loss, had 0\.900\.$/);
  expect(lossSummary(epochs.slice(0, 2))).not.toContain('lowest');
});

test('the table has epochs, and steps while there are none', () => {
  const step = { step: 1, epoch: 1, loss: 2.3, accuracy: 0.1, seconds: 1 };
  expect(chartTable([step], [], 'loss', loss)).toEqual({ columns: ['Step', 'Training'], rows: [['1', '2.30']] });
  expect(chartTable([step], [epoch(2, 0.3, 0.95)], 'loss', loss).rows).toEqual([['2', '12', '0.500', '0.300']]);
});

test('where no samples are held out, that is said instead of a figure', () => {
  const alone = [epoch(1, NaN, NaN), epoch(2, NaN, NaN)];
  expect(lossSummary(alone)).toBe('Loss after epoch 2: training loss 0.500; there is no validation.');
  expect(accuracySummary(alone)).toBe('Accuracy after epoch 2: 90.0 % right in training; there is no validation.');
  expect(chartTable([], alone, 'loss', loss).rows[0][3]).toBe('–');
});
