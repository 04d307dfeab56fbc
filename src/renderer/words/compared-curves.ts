// The curves of several runs on one page: what is drawn, over what, and the same as a table.
import type { RunDetail } from '#shared/run-record';
import { figuresOf } from '#shared/metric-words';
import type { StepPoint } from '#shared/curve';
import type { Series } from './chart-series';
import type { ChartTable } from './chart-table';
import { lettered, type RunLook } from './compared-runs';
import type { EpochPoint } from './curve-summary';
import { count } from './numbers';
import { smoothed, type Point } from './smooth';

export type CurveAxis = 'epoch' | 'step' | 'samples' | 'time';

export const CURVE_AXES: Record<CurveAxis, { label: string; title: string }> = {
  epoch: { label: 'Epochs', title: 'Epoch' },
  step: { label: 'Steps', title: 'Step' },
  samples: { label: 'Samples seen', title: 'Samples seen' },
  time: { label: 'Training time', title: 'Training time (seconds)' },
};

export type CurveMeasure = 'score' | 'validationLoss' | 'trainLoss';

export interface Drawn extends RunLook {
  run: Pick<RunDetail, 'id' | 'name' | 'spec' | 'receipt' | 'steps' | 'epochs' | 'keptModel'>;
}

const MOST_ROWS = 500;

export function valueOf(epoch: EpochPoint, measure: CurveMeasure): number {
  if (measure !== 'score') return epoch[measure];
  const own = epoch.scores?.validation;
  return own ? figuresOf(own)[0].value : epoch.validationAccuracy;
}

/** Those that have a value, epoch by epoch. */
export function curveOf(
  run: Drawn['run'],
  measure: CurveMeasure,
  axis: CurveAxis,
  smoothing: number,
): { measured: Point[]; shown: Point[] } {
  const known = run.epochs.filter((epoch) => Number.isFinite(valueOf(epoch, measure)));
  const at = known.map((epoch) => placeOf(run, epoch, axis));
  const values = known.map((epoch) => ({ x: epoch.epoch, y: valueOf(epoch, measure) }));
  const on = (points: Point[]): Point[] => points.map(({ y }, i) => ({ x: at[i], y }));
  return { measured: on(values), shown: on(smoothed(values, smoothing)) };
}

export function placeOf({ steps, receipt, spec }: Drawn['run'], { epoch, step }: EpochPoint, axis: CurveAxis): number {
  switch (axis) {
    case 'epoch':
      return epoch;
    case 'step':
      return step;
    case 'samples':
      // The last mini-batch of an epoch may be a smaller one.
      return receipt ? epoch * receipt.dataset.train : step * spec.batch;
    case 'time':
      return secondsAt(steps, step);
  }
}

/** Of a thinned curve, what lies between its points. */
export function secondsAt(steps: readonly StepPoint[], step: number): number {
  const after = steps.findIndex((point) => point.step >= step);
  if (after < 0) return steps.at(-1)?.seconds ?? NaN;
  const [to, from] = [steps[after], steps[after - 1] ?? { step: 0, seconds: 0 }];
  return from.seconds + ((to.seconds - from.seconds) * (step - from.step)) / (to.step - from.step);
}

/** A line for each; where they are smoothed, what was measured faintly behind it. */
export function comparedSeries(drawn: readonly Drawn[], measure: CurveMeasure, axis: CurveAxis, smoothing: number): Series[] {
  const lines = drawn.map(({ run, ...look }) => ({ run, look, ...curveOf(run, measure, axis, smoothing) }));
  const named = ({ look, run }: (typeof lines)[number]) => lettered(look, run);
  return [
    ...lines.map((line): Series => ({
      name: named(line),
      short: line.look.letter,
      colour: line.look.colour,
      kind: 'line',
      dash: line.look.dash,
      points: line.shown,
    })),
    ...(smoothing > 0
      ? lines.map((line): Series => ({
          name: `${named(line)}, as measured`,
          colour: line.look.colour,
          kind: 'faint',
          points: line.measured,
        }))
      : []),
  ];
}

/** Epoch by epoch, whatever the chart is drawn over. */
export function comparedTable(drawn: readonly Drawn[], measure: CurveMeasure, say: (value: number) => string): ChartTable {
  const columns = drawn.map(({ run }) => new Map(run.epochs.map((epoch) => [epoch.epoch, valueOf(epoch, measure)])));
  const epochs = [...new Set(columns.flatMap((of) => [...of.keys()]))].sort((a, b) => a - b);
  return {
    columns: ['Epoch', ...drawn.map(({ letter }) => letter)],
    rows: epochs.slice(-MOST_ROWS).map((epoch) => [count(epoch), ...columns.map((of) => cell(of.get(epoch), say))]),
  };
}

const cell = (value: number | undefined, say: (value: number) => string): string =>
  value === undefined || !Number.isFinite(value) ? '–' : say(value);

/** "Validation loss after each run's last epoch: A 0.0830, B 0.0912." */
export function comparedSummary(drawn: readonly Drawn[], measure: CurveMeasure, title: string, say: (value: number) => string): string {
  const last = drawn.map(({ run, letter }) => `${letter} ${cell(curveOf(run, measure, 'epoch', 0).measured.at(-1)?.y, say)}`);
  return `${title} after each run’s last epoch: ${last.join(', ')}.${keptWords(drawn)}`;
}

/** Where the table's figures are of other epochs than the curves' ends. */
function keptWords(drawn: readonly Drawn[]): string {
  const kept = drawn.flatMap(({ run, letter }) => {
    const epoch = run.keptModel?.epoch;
    return epoch === undefined || epoch === run.epochs.at(-1)?.epoch ? [] : [`${letter} of epoch ${count(epoch)}`];
  });
  return kept.length === 0 ? '' : ` The table is of the models that are kept: ${kept.join(', ')}.`;
}
