// The figures of a chart as rows to read: the epochs, or the latest steps while there is no epoch yet.
import { figuresOf, type MainScores } from '#shared/metric-words';
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

/** R² and how far a model of a number is off, or IoU and Dice, epoch by epoch. */
export function scoreTable(epochs: readonly EpochPoint[]): ChartTable {
  const known = epochs.map(({ scores }) => scores?.validation ?? scores?.train).find((scores) => scores !== undefined);
  const names = known ? figuresOf(known).map(({ name }) => name) : [];
  const say = (scores: MainScores | undefined): string[] => (scores ? figuresOf(scores).map(({ text }) => text) : names.map(() => '–'));
  return {
    columns: ['Epoch', ...names.map((name) => `${name} (training)`), ...names.map((name) => `${name} (validation)`)],
    rows: epochs.slice(-MOST_ROWS).map(({ epoch, scores }) => [count(epoch), ...say(scores?.train), ...say(scores?.validation)]),
  };
}
