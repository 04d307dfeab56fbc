// A forecast in words: what does not fit, other batch sizes in a row each, another device in a line.
import { assertNever } from '#shared/assert-never';
import { formatBytes } from '#shared/bytes';
import { isTable, type DataSort } from '#shared/data-sort';
import { fits, type BatchForecast, type RunForecast, type TooLarge } from '#shared/forecast';
import type { MeasuredPoint } from '#shared/plan';
import { count } from './numbers';
import { cut, samples } from './plan-words';
import { day, roughly } from './time';

const one = (sort: DataSort): string => (isTable(sort) ? 'row' : 'picture');

/** @param micro the piece that was asked for, if one was */
export function tooLargeSentence(
  { neededBytes }: TooLarge,
  { oneSampleBytes, budgetBytes }: Pick<RunForecast, 'oneSampleBytes' | 'budgetBytes'>,
  sort: DataSort,
  micro?: number,
): string {
  const allowed = `you allow ${formatBytes(budgetBytes)}`;
  if (micro === undefined || micro === 1 || oneSampleBytes > budgetBytes)
    return `Not even one ${one(sort)} fits: alone it needs about ${formatBytes(Math.max(neededBytes, oneSampleBytes))}; ${allowed}.`;
  return `A piece of ${samples(micro, sort)} needs about ${formatBytes(neededBytes)}; ${allowed}. One ${one(sort)} at a time needs ${formatBytes(oneSampleBytes)}.`;
}

/** "one picture needs 300 MB", "64 pictures at once need 300 MB". @param micro as above */
function tooLargeNeeds(
  { neededBytes }: TooLarge,
  { oneSampleBytes, budgetBytes }: Pick<RunForecast, 'oneSampleBytes' | 'budgetBytes'>,
  sort: DataSort,
  micro?: number,
): string {
  if (micro === undefined || micro === 1 || oneSampleBytes > budgetBytes)
    return `one ${one(sort)} alone needs ${formatBytes(oneSampleBytes > budgetBytes ? oneSampleBytes : neededBytes)}`;
  return `${samples(micro, sort)} at once need ${formatBytes(neededBytes)}`;
}

export interface BatchRow {
  batch: number;
  isAsked: boolean;
  /** Absent where not even one sample fits. */
  cells?: { pieces: string; peak: string; updates: string; time: string };
  needs?: string;
}

export function batchRows(
  forecast: Pick<RunForecast, 'table' | 'asked' | 'oneSampleBytes' | 'budgetBytes'>,
  sort: DataSort,
  micro?: number,
): BatchRow[] {
  const { table, asked } = forecast;
  return table.map((row) => ({
    batch: row.batch,
    isAsked: row.batch === asked.batch,
    ...(fits(row) ? { cells: cellsOf(row) } : { needs: tooLargeNeeds(row, forecast, sort, micro && Math.min(micro, row.batch)) }),
  }));
}

const cellsOf = ({ pieces, peakBytes, updatesPerEpoch, secondsPerEpoch, timesApart }: BatchForecast): BatchRow['cells'] => ({
  pieces: pieces.length === 1 ? 'whole' : `${count(pieces.length)} × ${count(Math.max(...pieces))}`,
  peak: formatBytes(peakBytes),
  updates: count(updatesPerEpoch),
  time: secondsPerEpoch === undefined ? '–' : roughly(secondsPerEpoch, timesApart).replace(/^about /, ''),
});

/** "It would run as 4 pieces of 64 with at most 3.91 GB: the same result." */
export function elsewhereSentence(forecast: RunForecast, sort: DataSort, micro?: number): string {
  const { asked } = forecast;
  if (!fits(asked)) return `No: ${tooLargeNeeds(asked, forecast, sort, micro && Math.min(micro, asked.batch))}.`;
  const { pieces, peakBytes, verdict } = asked;
  const how = pieces.length === 1 ? 'whole' : `as ${cut(pieces)}`;
  const result = verdict.kind === 'identical' ? 'the same result' : 'close to, but not the same result';
  return `Yes: it would run ${how} with at most ${formatBytes(peakBytes)}: ${result}.`;
}

/** While a plan is made: what it knows of the size that was measured last. */
export const measuringSentence = (newest: Pick<MeasuredPoint, 'micro' | 'peakBytes'> | undefined, sort: DataSort): string =>
  newest
    ? `Measuring: ${samples(newest.micro, sort)} at once ${newest.micro === 1 ? 'needs' : 'need'} ${formatBytes(newest.peakBytes)}…`
    : 'Measuring: a few real training steps…';

/** Where the figures of a plan come from. @param diedAt the size that was the end of a process while it was measured */
export function basisSentence(basis: 'shapes' | 'before' | 'now', measuredAt?: string, diedAt?: number): string {
  switch (basis) {
    case 'shapes':
      return 'Forecast: counted from the shapes of the model.';
    case 'before':
      return `Forecast from what was measured here${measuredAt === undefined ? ' before' : ` ${day(measuredAt)}`}.`;
    case 'now':
      return diedAt === undefined ? 'Measured with these settings.' : `Measured: ${count(diedAt)} at once were too much for this computer.`;
    default:
      return assertNever(basis);
  }
}
