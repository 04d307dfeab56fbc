// The figures of a chart as rows to read: the epochs, or the latest steps while there is no epoch yet.
import { fourDigits, type NumberScores } from '#shared/metric-words';
import type { StepPoint } from '../state/curve';
import type { EpochPoint } from './curve-summary';
import { count } from './numbers';

export interface ChartTable {
  columns: string[];
  rows: string[][];
}

const MOST_ROWS = 500;

export function chartTable(
  steps: readonly StepPoint[],
  epochs: readonly EpochPoint[],
  of: 'loss' | 'accuracy',
  say: (value: number) => string,
): ChartTable {
  if (epochs.length === 0) {
    return { columns: ['Step', 'Training'], rows: steps.slice(-MOST_ROWS).map((point) => [count(point.step), say(point[of])]) };
  }
  const [train, validation] =
    of === 'loss' ? (['trainLoss', 'validationLoss'] as const) : (['trainAccuracy', 'validationAccuracy'] as const);
  return {
    columns: ['Epoch', 'Step', 'Training', 'Validation'],
    rows: epochs
      .slice(-MOST_ROWS)
      .map((point) => [
        count(point.epoch),
        count(point.step),
        say(point[train]),
        Number.isNaN(point[validation]) ? '–' : say(point[validation]),
      ]),
  };
}

/** R² and how far a model of a number is off, epoch by epoch. */
export function errorTable(epochs: readonly EpochPoint[]): ChartTable {
  const say = (scores: NumberScores | undefined): string[] => (scores ? [scores.r2.toFixed(3), fourDigits(scores.off)] : ['–', '–']);
  return {
    columns: ['Epoch', 'Training R²', 'off by', 'Validation R²', 'off by (validation)'],
    rows: epochs.slice(-MOST_ROWS).map(({ epoch, scores }) => [count(epoch), ...say(scores?.train), ...say(scores?.validation)]),
  };
}
