// An evaluation's figures as lines of text, and as one JSON object.
import { assertNever } from '#shared/assert-never';
import { calibration } from '#shared/evaluation/calibration';
import { classFigures, macroFigures } from '#shared/evaluation/class-figures';
import { answersOf, confusionMatrix, confusions } from '#shared/evaluation/confusion';
import type { ClassEvaluation, Evaluated, Evaluation, MaskEvaluation, NumberEvaluation } from '#shared/evaluation/evaluation';
import { headline, intervalWords, trustWords } from '#shared/evaluation/headline';
import { classOverlaps, meanIou } from '#shared/evaluation/overlap';
import { biasWords, residualFigures } from '#shared/evaluation/residuals';
import { averagePrecision, rocArea, thresholdCurve } from '#shared/evaluation/thresholds';
import { fourDigits, ratio } from '#shared/metric-words';
import { printable, shortened } from './terminal';

const MOST_CONFUSIONS = 5;

export function evaluationLines(evaluated: Evaluated): string[] {
  return [`${headline(evaluated)}.`, trustWords(evaluated, 'terminal'), '', ...linesOf(evaluated.evaluation)];
}

export function evaluationJson({ facts, evaluation }: Evaluated): Record<string, unknown> {
  const { kind, part, indices } = evaluation;
  return { kind: 'evaluation', of: kind, part, samples: indices.length, facts, ...figuresOf(evaluation) };
}

function linesOf(evaluation: Evaluation): string[] {
  switch (evaluation.kind) {
    case 'classes':
      return classLines(evaluation);
    case 'masks':
      return maskLines(evaluation);
    case 'number':
      return numberLines(evaluation);
    default:
      return assertNever(evaluation);
  }
}

function figuresOf(evaluation: Evaluation): Record<string, unknown> {
  switch (evaluation.kind) {
    case 'classes':
      return classJson(evaluation);
    case 'masks': {
      const overlaps = classOverlaps(evaluation);
      return { meanIou: meanIou(overlaps), classes: overlaps.map((overlap, i) => ({ label: evaluation.labels[i], ...overlap })) };
    }
    case 'number': {
      const { worst, ...figures } = residualFigures(evaluation);
      const { truth, predicted, indices, target } = evaluation;
      const most = [...worst.subarray(0, 10)].map((i) => ({ sample: indices[i], is: truth[i], predicted: predicted[i] }));
      return { target, ...figures, worst: most };
    }
    default:
      return assertNever(evaluation);
  }
}

function classJson(evaluation: ClassEvaluation): Record<string, unknown> {
  const { labels, truth, probabilities } = evaluation;
  const answers = answersOf(evaluation);
  const matrix = confusionMatrix(truth, answers, labels.length);
  const figures = classFigures(matrix, labels.length);
  const { error, confidence, right, bins } = calibration(evaluation, answers);
  return {
    accuracy: right,
    macro: macroFigures(figures),
    classes: figures.map((figure, label) => {
      const curve = thresholdCurve(truth, probabilities, labels.length, label);
      return { label: labels[label], ...figure, rocArea: rocArea(curve), averagePrecision: averagePrecision(curve) };
    }),
    confusion: labels.map((_, row) => [...matrix.subarray(row * labels.length, (row + 1) * labels.length)]),
    calibration: { error, confidence, bins },
  };
}

const columns = (cells: readonly string[], widest: number): string =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(widest) : cell.padStart(i > 3 ? 22 : 7))).join('');

function classLines(evaluation: ClassEvaluation): string[] {
  const { labels, truth } = evaluation;
  const answers = answersOf(evaluation);
  const matrix = confusionMatrix(truth, answers, labels.length);
  const names = labels.map((label) => printable(label).slice(0, 28));
  const widest = Math.max(5, ...names.map(({ length }) => length));
  const rows = classFigures(matrix, labels.length).map((figures, label) => [
    names[label],
    String(figures.support),
    String(figures.said),
    String(figures.right),
    `${share(figures.precision)} (${intervalWords(figures.precisionWithin)})`,
    `${share(figures.recall)} (${intervalWords(figures.recallWithin)})`,
    ratio(figures.f1),
  ]);
  const { error, confidence, right } = calibration(evaluation, answers);
  const pairs = confusions(matrix, labels.length).slice(0, MOST_CONFUSIONS);
  return [
    columns(['class', 'is', 'said', 'right', 'precision % (95 %)', 'recall % (95 %)', 'F1'], widest),
    ...shortened(rows.map((row) => columns(row, widest))),
    '',
    ...pairs.map(({ truth: is, answer, count }) => `${count} × ${names[is]} said to be ${names[answer]}`),
    `Sure of ${share(confidence)} % on average and right in ${share(right)} %; expected calibration error ${error.toFixed(3)}.`,
  ];
}

const share = (value: number): string => (Number.isNaN(value) ? '–' : (100 * value).toFixed(1));

function maskLines(evaluation: MaskEvaluation): string[] {
  const widest = Math.max(5, ...evaluation.labels.map((label) => printable(label).length));
  return [
    `${'class'.padEnd(widest)}    IoU   Dice`,
    ...classOverlaps(evaluation).map(
      ({ iou, dice }, i) => `${printable(evaluation.labels[i]).padEnd(widest)}  ${ratio(iou).padStart(5)}  ${ratio(dice).padStart(5)}`,
    ),
  ];
}

function numberLines(evaluation: NumberEvaluation): string[] {
  const { rmse, bias, median, worst } = residualFigures(evaluation);
  const [first] = worst;
  return [
    `Half of the answers are off by less than ${fourDigits(median)}; root mean squared error ${fourDigits(rmse)}; ${biasWords(bias)}.`,
    `Worst: ${evaluation.target} is ${fourDigits(evaluation.truth[first])}, and ${fourDigits(evaluation.predicted[first])} was said.`,
  ];
}
