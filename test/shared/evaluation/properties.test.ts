// What holds of the figures whatever was answered, beside controls that are wrong on purpose.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibration } from '#shared/evaluation/calibration';
import { classFigures } from '#shared/evaluation/class-figures';
import { answersOf, confusionMatrix, confusions } from '#shared/evaluation/confusion';
import type { ClassEvaluation, MaskEvaluation } from '#shared/evaluation/evaluation';
import { surestFirst, worstMasksFirst } from '#shared/evaluation/mistakes';
import { drawnRows, residualFigures } from '#shared/evaluation/residuals';
import {
  averagePrecision,
  drawnPoints,
  pointAt,
  precisionAt,
  precisionSteps,
  rocArea,
  thinned,
  thresholdCurve,
} from '#shared/evaluation/thresholds';
import { wilson } from '#shared/evaluation/wilson';

const sum = (values: Iterable<number>): number => [...values].reduce((all, value) => all + value, 0);

/** Probabilities in tenths, so that many are equal. */
const evaluations = fc
  .record({ classes: fc.integer({ min: 2, max: 5 }), samples: fc.integer({ min: 1, max: 40 }) })
  .chain(({ classes, samples }) =>
    fc.record({
      truth: fc.array(fc.integer({ min: 0, max: classes - 1 }), { minLength: samples, maxLength: samples }),
      weights: fc.array(fc.integer({ min: 0, max: 10 }), { minLength: samples * classes, maxLength: samples * classes }),
      classes: fc.constant(classes),
    }),
  )
  .map(({ truth, weights, classes }): ClassEvaluation => {
    const probabilities = Float32Array.from(weights, (weight, i) => {
      const row = Math.floor(i / classes) * classes;
      const total = sum(weights.slice(row, row + classes));
      return total === 0 ? 1 / classes : weight / total;
    });
    return {
      kind: 'classes',
      part: 'validation',
      labels: Array.from({ length: classes }, (_, i) => `class ${i}`),
      indices: Int32Array.from(truth, (_, i) => i),
      truth: Int32Array.from(truth),
      probabilities,
    };
  });

const matrixOf = (evaluation: ClassEvaluation) => confusionMatrix(evaluation.truth, answersOf(evaluation), evaluation.labels.length);

describe('the confusion matrix', () => {
  it('counts every sample once, and its cells open exactly their samples', () => {
    fc.assert(
      fc.property(evaluations, (evaluation) => {
        const { labels, truth } = evaluation;
        const answers = answersOf(evaluation);
        const matrix = matrixOf(evaluation);
        expect(sum(matrix)).toBe(truth.length);
        const opened = labels.flatMap((_, so) => labels.map((__, answer) => surestFirst(evaluation, answers, { truth: so, answer })));
        expect(opened.map(({ length }) => length)).toEqual([...matrix]);
        expect(opened.flat().sort((a, b) => a - b)).toEqual([...truth.keys()]);
        const wrong = sum(confusions(matrix, labels.length).map(({ count }) => count));
        expect(surestFirst(evaluation, answers)).toHaveLength(wrong);
      }),
    );
  });

  it('is another one when rows and columns change places (control)', () => {
    const matrix = confusionMatrix(Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 1), 2);
    expect([...matrix]).toEqual([1, 1, 0, 1]);
    expect([...matrix]).not.toEqual([...confusionMatrix(Int32Array.of(0, 1, 1), Int32Array.of(0, 0, 1), 2)]);
  });
});

it('puts precision and recall between their bounds', () => {
  fc.assert(
    fc.property(evaluations, (evaluation) => {
      for (const { precision, precisionWithin, recall, recallWithin, support, said } of classFigures(
        matrixOf(evaluation),
        evaluation.labels.length,
      )) {
        if (said > 0) expect(precisionWithin.low <= precision && precision <= precisionWithin.high).toBe(true);
        if (support > 0) expect(recallWithin.low <= recall && recall <= recallWithin.high).toBe(true);
      }
    }),
  );
});

it('narrows the interval with more samples, and mirrors it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 50 }), (some, of) => {
      const right = Math.min(some, of);
      const [few, many, mirrored] = [wilson(right, of), wilson(10 * right, 10 * of), wilson(of - right, of)];
      expect(many.high - many.low).toBeLessThan(few.high - few.low);
      expect(mirrored.low).toBeCloseTo(1 - few.high, 12);
    }),
  );
});

describe('the threshold curve', () => {
  const withBoth = evaluations.filter(({ truth }) => truth.some((label) => label === 0) && truth.some((label) => label !== 0));
  const curveOf = ({ truth, probabilities, labels }: ClassEvaluation) => thresholdCurve(truth, probabilities, labels.length, 0);

  it('agrees with counting at any threshold', () => {
    fc.assert(
      fc.property(withBoth, fc.double({ min: 0, max: 1, noNaN: true }), (evaluation, threshold) => {
        const { truth, probabilities, labels } = evaluation;
        const found = [...truth.keys()].filter((sample) => probabilities[sample * labels.length] >= threshold);
        const { right, wrong } = pointAt(curveOf(evaluation), threshold);
        expect(right).toBe(found.filter((sample) => truth[sample] === 0).length);
        expect(right + wrong).toBe(found.length);
      }),
    );
  });

  it('has as its ROC area how often a sample of the class comes before one of another', () => {
    fc.assert(
      fc.property(withBoth, (evaluation) => {
        const { truth, probabilities, labels } = evaluation;
        const [own, others] = [true, false].map((isOwn) =>
          [...truth.keys()].filter((sample) => (truth[sample] === 0) === isOwn).map((sample) => probabilities[sample * labels.length]),
        );
        const wins = own.flatMap((mine) => others.map((its) => (mine > its ? 1 : mine === its ? 0.5 : 0)));
        const curve = curveOf(evaluation);
        expect(rocArea(curve)).toBeCloseTo(sum(wins) / wins.length, 10);
        expect(averagePrecision(curve)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('tells a good order from its reverse (control)', () => {
    const truth = Int32Array.of(0, 0, 1, 1);
    const good = Float32Array.of(0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.1, 0.9);
    const [best, worst] = [good, good.map((value) => 1 - value)].map((p) => thresholdCurve(truth, p, 2, 0));
    expect([rocArea(best), averagePrecision(best)]).toEqual([1, 1]);
    expect(rocArea(worst)).toBe(0);
    expect(averagePrecision(worst)).toBeLessThan(0.5);
  });

  it('is drawn with few points and nothing of it is lost that could be seen', () => {
    fc.assert(
      fc.property(withBoth, (evaluation) => {
        const curve = curveOf(evaluation);
        const drawn = drawnPoints(curve, 10);
        expect([drawn[0], drawn.at(-1)]).toEqual([curve.points[0], curve.points.at(-1)]);
        for (const point of curve.points) {
          // The one that was drawn last before it stands for it in all that is drawn.
          const nearest = drawn.findLast(({ threshold }) => threshold >= point.threshold)!;
          expect(Math.abs(nearest.right - point.right) / curve.positives).toBeLessThan(0.1 + 1e-9);
          expect(Math.abs(nearest.wrong - point.wrong) / curve.negatives).toBeLessThan(0.1 + 1e-9);
          expect(Math.abs(precisionAt(nearest) - precisionAt(point))).toBeLessThan(0.1 + 1e-9);
        }
      }),
    );
    const many = {
      positives: 100,
      negatives: 9900,
      points: Array.from({ length: 10_000 }, (_, i) => ({
        threshold: 1 - i / 1e4,
        right: Math.min(100, i + 1),
        wrong: Math.max(0, i - 99),
      })),
    };
    expect(drawnPoints(many, 200).length).toBeLessThan(700);
    // Every hundredth point would show one of the first hundred (control).
    expect(thinned(many.points, 100).filter(({ right }) => right < 100)).toHaveLength(1);
    expect(drawnPoints(many, 200).filter(({ right }) => right < 100)).toHaveLength(99);
  });

  it('is drawn in steps whose area is the average precision; straight lines between its points have another (control)', () => {
    const area = (line: { x: number; y: number }[]) =>
      line.slice(1).reduce((all, { x, y }, i) => all + ((x - line[i].x) * (y + line[i].y)) / 2, 0);
    fc.assert(
      fc.property(withBoth, (evaluation) => {
        const curve = curveOf(evaluation);
        const steps = precisionSteps(curve);
        expect(steps[0].x).toBe(0);
        expect(area(steps)).toBeCloseTo(averagePrecision(curve), 10);
      }),
    );
    const points = [
      { threshold: 0.9, right: 1, wrong: 0 },
      { threshold: 0.5, right: 2, wrong: 2 },
    ];
    const curve = { positives: 2, negatives: 2, points };
    expect(area(precisionSteps(curve))).toBe(0.75);
    expect(area([{ x: 0, y: 1 }, ...points.map((point) => ({ x: point.right / 2, y: precisionAt(point) }))])).toBe(0.875);
  });

  it('keeps both ends when rows are left out', () => {
    const points = Array.from({ length: 1001 }, (_, i) => i);
    const drawn = thinned(points, 200);
    expect([drawn.length, drawn[0], drawn.at(-1)]).toEqual([200, 0, 1000]);
    expect(thinned(points.slice(0, 3), 200)).toEqual([0, 1, 2]);
  });
});

it('gathers every answer in one bin of the calibration, whose error is 0 only where shares and probabilities agree', () => {
  fc.assert(
    fc.property(evaluations, (evaluation) => {
      const { bins, error, right, confidence } = calibration(evaluation, answersOf(evaluation));
      expect(sum(bins.map(({ count }) => count))).toBe(evaluation.truth.length);
      expect(error).toBeGreaterThanOrEqual(Math.abs(right - confidence) - 1e-9);
      for (const bin of bins.filter(({ count }) => count > 0)) {
        expect(bin.confidence).toBeGreaterThan(bin.from - 1e-6);
        expect(bin.confidence).toBeLessThan(bin.to + 1e-6);
      }
    }),
  );
});

it('has R² 1 for perfect numbers, 0 for their mean, and less for worse', () => {
  const numbers = fc
    .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 })
    .filter((values) => new Set(values).size > 1);
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 9 }), (values, shift) => {
      const truth = Float64Array.from(values);
      const mean = sum(values) / values.length;
      expect(residualFigures({ truth, predicted: truth })).toMatchObject({ mae: 0, rmse: 0, r2: 1, median: 0 });
      expect(residualFigures({ truth, predicted: truth.map(() => mean) }).r2).toBeCloseTo(0, 9);
      const shifted = residualFigures({ truth, predicted: truth.map((value) => value + shift) });
      expect(shifted).toMatchObject({ mae: shift, bias: shift, median: shift });
      expect(shifted.r2).toBeLessThan(1);
    }),
  );
});

it('draws the worst rows however many there are; those along the target alone would miss them (control)', () => {
  const truth = Float64Array.from({ length: 9000 }, (_, i) => i);
  const predicted = truth.map((value, i) => value + (i % 97 === 5 ? 1000 + i : 0));
  const { worst } = residualFigures({ truth, predicted });
  const drawn = drawnRows(truth, worst, 2000, 50);
  expect(drawn.length).toBeLessThanOrEqual(2000);
  expect([...worst.subarray(0, 50)].every((place) => drawn.includes(place))).toBe(true);
  expect([drawn[0], drawn.at(-1)]).toEqual([0, 8999]);
  const along = thinned([...truth.keys()], 2000);
  expect([...worst.subarray(0, 50)].every((place) => along.includes(place))).toBe(false);
  expect(drawnRows(truth.subarray(0, 9), residualFigures({ truth: truth.subarray(0, 9), predicted }).worst, 2000)).toHaveLength(9);
});

describe('the worst masks', () => {
  /** Of two classes, a row a picture: pixels that are both, found, and so, class by class. */
  const masks = (...pictures: number[][]): MaskEvaluation => ({
    kind: 'masks',
    part: 'validation',
    labels: ['ground', 'thing'],
    indices: Int32Array.from(pictures, (_, i) => i),
    counts: Uint32Array.from(pictures.flat()),
  });
  const orderOf = (evaluation: MaskEvaluation) => worstMasksFirst(evaluation).map(({ sample }) => sample);

  it('come first, those without marks last, in the order they have', () => {
    const [unmarked, half, whole] = [
      [0, 0, 0, 0, 0, 0],
      [50, 100, 50, 50, 50, 100],
      [100, 100, 100, 50, 50, 50],
    ];
    expect(orderOf(masks(unmarked, whole, unmarked, half, unmarked))).toEqual([3, 1, 0, 2, 4]);
  });

  it('a stray pixel of a class that is not there makes no picture the worst', () => {
    expect(orderOf(masks([99, 99, 100, 0, 1, 0], [50, 60, 60, 30, 40, 40]))).toEqual([1, 0]);
  });
});
