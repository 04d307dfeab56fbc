// Evaluations as a trainer would make them: answers that are mostly right.
import type { ClassEvaluation, Evaluated, Evaluation, MaskEvaluation, MaskViews, NumberEvaluation } from '#shared/evaluation/evaluation';
import type { TableRows } from '#shared/table-view';

/** Between 0 and 1, the same each time. */
const drawn = (seed: number): number => {
  const x = Math.sin(seed * 12.9898 + 4.1414) * 43758.5453;
  return x - Math.floor(x);
};

export function classEvaluation(labels: string[], samples: number, wrong = 0.08): ClassEvaluation {
  const truth = Int32Array.from({ length: samples }, (_, i) => i % labels.length);
  const probabilities = new Float32Array(samples * labels.length);
  truth.forEach((label, i) => {
    const said = drawn(i) < wrong ? Math.floor(drawn(i + 0.5) * labels.length) : label;
    const sure = 0.55 + 0.44 * drawn(i + 0.25);
    probabilities.fill((1 - sure) / (labels.length - 1), i * labels.length, (i + 1) * labels.length);
    probabilities[i * labels.length + said] = sure;
  });
  return { kind: 'classes', part: 'validation', labels, indices: Int32Array.from(truth, (_, i) => 5 * i), truth, probabilities };
}

/** @param missed a class that is not found */
export function maskEvaluation(labels: string[], samples: number, missed?: string): MaskEvaluation {
  const counts = Uint32Array.from({ length: samples * labels.length * 3 }, (_, place) => {
    const sample = Math.floor(place / 3 / labels.length);
    const isMissed = labels[Math.floor(place / 3) % labels.length] === missed;
    return place % 3 === 0 ? (isMissed ? 9 : Math.round(300 + 600 * drawn(sample))) : 1000;
  });
  return { kind: 'masks', part: 'validation', labels, indices: Int32Array.from({ length: samples }, (_, i) => 3 * i), counts };
}

export function numberEvaluation(target: string, samples: number): NumberEvaluation {
  const truth = Float64Array.from({ length: samples }, (_, i) => 50 + 250 * drawn(i));
  const predicted = truth.map((value, i) => 60 + 0.6 * value + 80 * (drawn(i + 0.5) - 0.5));
  return { kind: 'number', part: 'validation', target, indices: Int32Array.from({ length: samples }, (_, i) => i), truth, predicted };
}

const SORTS = { classes: 'pictures', masks: 'masks', number: 'regression' } as const;

export const evaluated = (evaluation: Evaluation, over: Partial<Evaluated['facts']> = {}): Evaluated => ({
  facts: { weights: 'a', data: 'b', sort: SORTS[evaluation.kind], validation: evaluation.indices.length, test: 0, ...over },
  evaluation,
});

/** Discs that are found a little aside. */
export function maskViews(samples: readonly number[], side = 48): MaskViews {
  const disc = (aside: number) => (pixel: number) => {
    const [x, y] = [(pixel % side) - side / 2 - aside, Math.floor(pixel / side) - side / 2];
    return x * x + y * y < 200 ? 1 : 0;
  };
  const area = side * side;
  const each = (of: (sample: number, pixel: number) => number) =>
    Uint8Array.from({ length: samples.length * area }, (_, i) => of(samples[Math.floor(i / area)], i % area));
  return {
    width: side,
    height: side,
    channels: 1,
    pixels: each((sample, pixel) => 90 + 100 * disc(0)(pixel) + 20 * drawn(sample + pixel)),
    truth: each((_, pixel) => disc(0)(pixel)),
    found: each((sample, pixel) => disc((sample % 7) - 3)(pixel)),
  };
}

export const tableRows = (rows: readonly number[]): TableRows => ({
  columns: ['age', 'sex', 'bmi', 'bp'],
  lines: rows.map((row) => row + 2),
  cells: rows.map((row) => [String(20 + (row % 60)), row % 2 ? 'f' : 'm', (20 + 15 * drawn(row)).toFixed(1), row % 9 ? '101' : '']),
});
