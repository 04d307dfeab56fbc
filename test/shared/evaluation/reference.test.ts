// Every figure against scikit-learn and SciPy (test/fixtures/make-evaluation.py), on answers of which many are equal.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { calibration } from '#shared/evaluation/calibration';
import { classFigures, macroFigures } from '#shared/evaluation/class-figures';
import { answersOf, confusionMatrix } from '#shared/evaluation/confusion';
import type { ClassEvaluation, MaskEvaluation } from '#shared/evaluation/evaluation';
import { classOverlaps, sampleOverlaps } from '#shared/evaluation/overlap';
import { residualFigures } from '#shared/evaluation/residuals';
import { averagePrecision, precisionAt, rocArea, thresholdCurve } from '#shared/evaluation/thresholds';
import { wilson } from '#shared/evaluation/wilson';

interface Curves {
  rocArea: number;
  averagePrecision: number;
  roc: { falseAlarms: number[]; found: number[] };
  pr: { precision: number[]; recall: number[]; thresholds: number[] };
}

const FIXTURE = JSON.parse(readFileSync(new URL('../../fixtures/evaluation.json', import.meta.url), 'utf8')) as {
  classes: Record<'truth' | 'probabilities' | 'matrix' | 'precision' | 'recall' | 'f1' | 'support' | 'macro', number[]> & {
    curves: Curves[];
    calibration: { shares: number[]; confidences: number[]; error: number };
  };
  wilson: { right: number; of: number; low: number; high: number }[];
  masks: { truth: number[][]; found: number[][]; iou: number[]; dice: number[]; firstIou: number[] };
  number: { truth: number[]; predicted: number[] } & Record<'mae' | 'rmse' | 'r2' | 'median' | 'largest', number>;
};

const DIGITS = 12;
const same = (found: readonly number[], expected: readonly number[], digits = DIGITS) => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => expect(value).toBeCloseTo(expected[i], digits));
};

describe('classes', () => {
  const of = FIXTURE.classes;
  const labels = ['a', 'b', 'c', 'd'];
  const evaluation: ClassEvaluation = {
    kind: 'classes',
    part: 'validation',
    labels,
    indices: Int32Array.from(of.truth, (_, i) => i),
    truth: Int32Array.from(of.truth),
    probabilities: Float32Array.from(of.probabilities),
  };
  const answers = answersOf(evaluation);
  const matrix = confusionMatrix(evaluation.truth, answers, labels.length);

  it('has the confusion matrix, and precision, recall and F1 of each class and as means', () => {
    expect([...matrix]).toEqual(of.matrix);
    const figures = classFigures(matrix, labels.length);
    expect(figures.map(({ support }) => support)).toEqual(of.support);
    same(
      figures.map(({ precision }) => precision),
      of.precision,
    );
    same(
      figures.map(({ recall }) => recall),
      of.recall,
    );
    same(
      figures.map(({ f1 }) => f1),
      of.f1,
    );
    const { precision, recall, f1 } = macroFigures(figures);
    same([precision, recall, f1], of.macro);
  });

  it.each(labels.map((label, place) => [label, place] as const))('has the curves of class %s and their areas', (_, label) => {
    const curve = thresholdCurve(evaluation.truth, evaluation.probabilities, labels.length, label);
    const { rocArea: area, averagePrecision: average, roc, pr } = of.curves[label];
    expect(rocArea(curve)).toBeCloseTo(area, DIGITS);
    expect(averagePrecision(curve)).toBeCloseTo(average, DIGITS);
    // scikit-learn's begin with nothing found; its precision–recall curve runs the other way.
    same(
      curve.points.map(({ wrong }) => wrong / curve.negatives),
      roc.falseAlarms.slice(1),
    );
    same(
      curve.points.map(({ right }) => right / curve.positives),
      roc.found.slice(1),
    );
    expect(curve.points.map(({ threshold }) => threshold).reverse()).toEqual(pr.thresholds);
    same(curve.points.map(precisionAt).reverse(), pr.precision.slice(0, -1));
    same(curve.points.map(({ right }) => right / curve.positives).reverse(), pr.recall.slice(0, -1));
  });

  it('has the bins of a calibration curve, and the expected calibration error', () => {
    const { bins, error } = calibration(evaluation, answers);
    const filled = bins.filter(({ count }) => count > 0);
    same(
      filled.map(({ right, count }) => right / count),
      of.calibration.shares,
    );
    same(
      filled.map(({ confidence }) => confidence),
      of.calibration.confidences,
    );
    expect(error).toBeCloseTo(of.calibration.error, DIGITS);
  });
});

it.each(FIXTURE.wilson)('has the Wilson interval of $right of $of', ({ right, of, low, high }) => {
  const interval = wilson(right, of);
  same([interval.low, interval.high], [low, high]);
});

it('has IoU and Dice of masks, over all pictures and of one', () => {
  const { truth, found, iou, dice, firstIou } = FIXTURE.masks;
  const counts = new Uint32Array(truth.length * 9);
  truth.forEach((mask, sample) =>
    mask.forEach((label, pixel) => {
      counts[9 * sample + 3 * found[sample][pixel] + 1]++;
      counts[9 * sample + 3 * label + 2]++;
      if (found[sample][pixel] === label) counts[9 * sample + 3 * label]++;
    }),
  );
  const indices = Int32Array.from(truth, (_, i) => i);
  const evaluation: MaskEvaluation = { kind: 'masks', part: 'validation', labels: ['a', 'b', 'c'], indices, counts };
  same(
    classOverlaps(evaluation).map((overlap) => overlap.iou),
    iou,
  );
  same(
    classOverlaps(evaluation).map((overlap) => overlap.dice),
    dice,
  );
  same(
    sampleOverlaps(evaluation, 0).map((overlap) => overlap.iou),
    firstIou,
  );
});

it('has the errors of numbers', () => {
  const { truth, predicted, mae, rmse, r2, median, largest } = FIXTURE.number;
  const figures = residualFigures({ truth: Float64Array.from(truth), predicted: Float64Array.from(predicted) });
  same([figures.mae, figures.rmse, figures.r2, figures.median], [mae, rmse, r2, median], 10);
  const [worst] = figures.worst;
  expect(Math.abs(predicted[worst] - truth[worst])).toBeCloseTo(largest, 10);
});
