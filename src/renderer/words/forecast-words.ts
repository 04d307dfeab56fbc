// A forecast in words: what does not fit, other batch sizes in a row each, another device in a line.
import { assertNever } from '#shared/assert-never';
import { formatBytes } from '#shared/bytes';
import { isTable, type DataSort } from '#shared/data-sort';
import { fits, type BatchForecast, type RunForecast, type TooLarge } from '#shared/forecast';
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

export interface BatchRow {
  batch: number;
  isAsked: boolean;
  /** Absent where not even one sample fits. */
  cells?: { pieces: string; peak: string; updates: string; time: string };
  needs?: string;
}

export function batchRows({ table, asked }: Pick<RunForecast, 'table' | 'asked'>, sort: DataSort): BatchRow[] {
  return table.map((row) => ({
    batch: row.batch,
    isAsked: row.batch === asked.batch,
    ...(fits(row) ? { cells: cellsOf(row) } : { needs: `one ${one(sort)} needs ${formatBytes(row.neededBytes)}` }),
  }));
}

const cellsOf = ({ pieces, peakBytes, updatesPerEpoch, secondsPerEpoch, timesApart }: BatchForecast): BatchRow['cells'] => ({
  pieces: pieces.length === 1 ? 'whole' : `${count(pieces.length)} × ${count(Math.max(...pieces))}`,
  peak: formatBytes(peakBytes),
  updates: count(updatesPerEpoch),
  time: secondsPerEpoch === undefined ? '–' : roughly(secondsPerEpoch, timesApart).replace(/^about /, ''),
});

/** "It would run as 4 pieces of 64 with at most 3.91 GB: the same result." */
export function elsewhereSentence({ asked, oneSampleBytes }: RunForecast, sort: DataSort): string {
  if (!fits(asked)) return `No: one ${one(sort)} alone needs ${formatBytes(Math.max(asked.neededBytes, oneSampleBytes))}.`;
  const { pieces, peakBytes, verdict } = asked;
  const how = pieces.length === 1 ? 'whole' : `as ${cut(pieces)}`;
  const result = verdict.kind === 'identical' ? 'the same result' : 'close to, but not the same result';
  return `Yes: it would run ${how} with at most ${formatBytes(peakBytes)}: ${result}.`;
}

/** Where the figures of a plan come from. */
export function basisSentence(basis: 'shapes' | 'before' | 'now', measuredAt?: string): string {
  switch (basis) {
    case 'shapes':
      return 'Forecast: counted from the shapes of the model.';
    case 'before':
      return `Forecast from what was measured here${measuredAt === undefined ? ' before' : ` ${day(measuredAt)}`}.`;
    case 'now':
      return 'Measured with these settings.';
    default:
      return assertNever(basis);
  }
}
