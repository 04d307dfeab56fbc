// What the figures of "How good is it" say in sentences, and that they take nothing for granted that was not counted.
import { expect, test } from 'vitest';
import type { ClassEvaluation, Evaluated } from '#shared/evaluation/evaluation';
import { headline, trustWords } from '#shared/evaluation/headline';
import { NOTHING_FOUND } from '#shared/evaluation/thresholds';
import { calibrationSummary, precisionSummary, rocSummary, thresholdSummary, within } from '#renderer/words/evaluation-words';

const classes = (right: number, of: number, part: 'validation' | 'test' = 'validation'): ClassEvaluation => ({
  kind: 'classes',
  part,
  labels: ['a', 'b'],
  indices: Int32Array.from({ length: of }, (_, i) => i),
  truth: new Int32Array(of),
  probabilities: Float32Array.from({ length: 2 * of }, (_, i) => (i >> 1 < right === (i % 2 === 0) ? 0.9 : 0.1)),
});
const evaluated = (evaluation: ClassEvaluation, facts: Partial<Evaluated['facts']> = {}): Evaluated => ({
  facts: { weights: '', data: '', validation: 1, test: 0, ...facts },
  evaluation,
});

test('the first line has the share, the count and the interval', () => {
  expect(headline(classes(509, 540), 'pictures')).toBe('94.3 % of 540 held-out pictures right (95 % interval 92.0 to 95.9)');
  expect(headline(classes(9999, 10_000), 'pictures')).toMatch(/^over 99\.9 % of 10,000/);
  expect(headline(classes(5, 5, 'test'), 'rows')).toBe('100.0 % of 5 test rows right (95 % interval 56.6 to 100.0)');
});

test('how far it may be believed, and what to do', () => {
  const held = classes(5, 6);
  expect(trustWords(evaluated(held), 'pictures')).toMatch(/^Each time you choose.*keep some pictures in a folder "test"/);
  expect(trustWords(evaluated(held, { chosenBy: 'of that' }), 'pictures')).toMatch(
    /^This is likely better than on new pictures, because of that\./,
  );
  expect(trustWords(evaluated(held, { test: 1200 }), 'pictures')).toMatch(/The 1,200 test pictures say more: choose that part\.$/);
  expect(trustWords(evaluated(held), 'rows')).not.toContain('folder');
  expect(trustWords(evaluated(classes(5, 6, 'test')), 'pictures')).toMatch(/^Nothing was learnt from these pictures/);
});

test('intervals, thresholds and curves, and what of them is not there', () => {
  expect(within(0.931, { low: 0.861, high: 0.968 })).toBe('93.1 % (86 to 97)');
  expect(within(NaN, { low: 0, high: 1 })).toBe('–');
  const curve = { positives: 45, negatives: 300, points: [] };
  expect(thresholdSummary(curve, { threshold: 0.5, right: 42, wrong: 1 }, '8', 'picture')).toBe(
    '42 of 45 pictures of "8" are found (recall 93.3 %), and 1 other with them (precision 97.7 %).',
  );
  expect(thresholdSummary(curve, NOTHING_FOUND, '8', 'picture')).toMatch(/^0 of 45 .* and 0 others with them \(precision –\)\.$/);
  expect(rocSummary(0.987, '8')).toMatch(/^Area 0\.987: .* in 98\.7 % of the cases/);
  expect(rocSummary(NaN, '8')).toMatch(/no curve/);
  expect(precisionSummary(NaN, 0, '8')).toMatch(/no curve/);
});

test('calibration: taken at its word, for less, or for more', () => {
  const of = (confidence: number, right: number) =>
    calibrationSummary({ bins: [], error: Math.abs(confidence - right), confidence, right });
  expect(of(0.94, 0.93)).toMatch(/^When the model says how sure it is, you can take it at its word\./);
  expect(of(0.97, 0.85)).toMatch(/^The model is surer than it may be/);
  expect(of(0.7, 0.85)).toMatch(/^The model is more often right than it believes/);
});
