// A forecast in words: what does not fit, other batch sizes in a row each, another device in a line.
import { fixed, word } from '#shared/language';
import { assertNever } from '#shared/assert-never';
import { aboutBytes, formatBytes } from '#shared/bytes';
import { sampleNoun, samplesCounted, type DataSort } from '#shared/data-sort';
import { isDisturbed } from '#shared/disturbance';
import { fits, type BatchForecast, type RanPace, type RunForecast, type TooLarge } from '#shared/forecast';
import type { MeasuredPoint } from '#shared/plan';
import { count } from './numbers';
import { cut } from './plan-words';
import { briefly, day } from './time';

/** @param micro the piece that was asked for, if one was */
export function tooLargeSentence(
  { neededBytes }: TooLarge,
  { oneSampleBytes, budgetBytes }: Pick<RunForecast, 'oneSampleBytes' | 'budgetBytes'>,
  sort: DataSort,
  micro?: number,
): string {
  const allowed = `you allow ${formatBytes(budgetBytes)}`;
  if (micro === undefined || micro === 1 || oneSampleBytes > budgetBytes)
    return `Not even one ${sampleNoun(sort)} fits: alone it needs about ${aboutBytes(Math.max(neededBytes, oneSampleBytes))}; ${allowed}.`;
  return `A piece of ${samplesCounted(micro, sort)} needs about ${aboutBytes(neededBytes)}; ${allowed}. One ${sampleNoun(sort)} at a time needs ${formatBytes(oneSampleBytes)}.`;
}

/** "one picture needs 300 MB", "64 pictures at once need 300 MB". @param micro as above */
function tooLargeNeeds(
  { neededBytes }: TooLarge,
  { oneSampleBytes, budgetBytes }: Pick<RunForecast, 'oneSampleBytes' | 'budgetBytes'>,
  sort: DataSort,
  micro?: number,
): string {
  if (micro === undefined || micro === 1 || oneSampleBytes > budgetBytes)
    return `one ${sampleNoun(sort)} alone needs ${formatBytes(oneSampleBytes > budgetBytes ? oneSampleBytes : neededBytes)}`;
  return `${samplesCounted(micro, sort)} at once need ${formatBytes(neededBytes)}`;
}

/** Shares of a step's time as a person says them. */
const SHARES: [number, string][] = [
  [0.1, 'a tenth'],
  [0.2, 'a fifth'],
  [0.25, 'a quarter'],
  [1 / 3, 'a third'],
  [0.5, word('half')],
];

/** "about a third slower". @param times as long */
export function slowerWords(times: number): string {
  const more = times - 1;
  if (more < 0.02) return 'hardly slower';
  if (more < 0.07) return 'a little slower';
  if (more > 0.75) return `${fixed(times, 1)} times as slow`;
  const [, share] = SHARES.reduce((best, one) => (Math.abs(one[0] - more) < Math.abs(best[0] - more) ? one : best));
  return `about ${share} slower`;
}

export interface BatchRow {
  batch: number;
  isAsked: boolean;
  /** Absent where not even one sample fits. */
  cells?: { pieces: string; peak: string; updates: string; time: string };
  needs?: string;
}

export function batchRows(
  forecast: Pick<RunForecast, 'table' | 'asked' | 'basis' | 'oneSampleBytes' | 'budgetBytes'>,
  sort: DataSort,
  micro?: number,
): BatchRow[] {
  const { table, asked } = forecast;
  return table.map((row) => ({
    batch: row.batch,
    isAsked: row.batch === asked.batch,
    ...(fits(row) ? { cells: cellsOf(row, forecast) } : { needs: tooLargeNeeds(row, forecast, sort, micro && Math.min(micro, row.batch)) }),
  }));
}

const cellsOf = (
  { pieces, peakBytes, updatesPerEpoch, secondsPerEpoch, timesApart }: BatchForecast,
  { basis, budgetBytes }: Pick<RunForecast, 'basis' | 'budgetBytes'>,
): BatchRow['cells'] => ({
  pieces: pieces.length === 1 ? word('whole') : `${count(pieces.length)} × ${count(Math.max(...pieces))}`,
  peak: basis === 'shapes' ? aboutBytes(peakBytes, budgetBytes) : formatBytes(peakBytes),
  updates: count(updatesPerEpoch),
  time: secondsPerEpoch === undefined ? '–' : briefly(secondsPerEpoch, timesApart),
});

/** "It would run as 4 pieces of 64 with at most 3.91 GB: the same result." */
export function elsewhereSentence(forecast: RunForecast, sort: DataSort, micro?: number): string {
  const { asked } = forecast;
  if (!fits(asked)) return `No: ${tooLargeNeeds(asked, forecast, sort, micro && Math.min(micro, asked.batch))}.`;
  const { pieces, peakBytes, verdict } = asked;
  const result = verdict.kind === 'identical' ? 'the same result' : 'close to, but not the same result';
  return pieces.length === 1
    ? `Yes: it would run whole with at most ${formatBytes(peakBytes)}: ${result}.`
    : `Yes: it would run as ${cut(pieces)} with at most ${formatBytes(peakBytes)}: ${result}.`;
}

/** While a plan is made: what it knows of the size that was measured last. */
export function measuringSentence(newest: Pick<MeasuredPoint, 'micro' | 'peakBytes'> | undefined, sort: DataSort): string {
  if (!newest) return 'Measuring: a few real training steps…';
  const [amount, bytes] = [samplesCounted(newest.micro, sort), formatBytes(newest.peakBytes)];
  return newest.micro === 1 ? `Measuring: ${amount} at once needs ${bytes}…` : `Measuring: ${amount} at once need ${bytes}…`;
}

/** The same of all that were measured, where nothing else is known. */
export const pointFacts = (points: readonly MeasuredPoint[], sort: DataSort): [name: string, value: string][] =>
  points.map(({ micro, peakBytes }) => [`${samplesCounted(micro, sort)} at once`, formatBytes(peakBytes)]);

interface Basis {
  basis: 'shapes' | 'before' | 'now';
  measuredAt?: string;
  /** The size that was the end of a process while it was measured. */
  diedAt?: number;
  /** Share of the work that others took while it was measured. */
  disturbed?: number;
  ran?: Pick<RanPace, 'at'>;
  /** That run has not ended. */
  isTraining?: boolean;
}

/** Where the figures of a plan come from, memory first. */
export const basisSentence = (known: Basis): string => `${memoryBasis(known)}${timeBasis(known)}`;

function timeBasis({ basis, ran, isTraining, disturbed }: Basis): string {
  const isAlone = !isDisturbed({ disturbed });
  if (ran) {
    const both = basis !== 'shapes' && isAlone ? ', and as measured' : '';
    return isTraining ? ` The time is that of the run that trains now${both}.` : ` The time is that of your run of ${day(ran.at)}${both}.`;
  }
  return isAlone ? '' : ' Other programs were at work meanwhile, so its time is a span.';
}

function memoryBasis({ basis, measuredAt, diedAt }: Basis): string {
  switch (basis) {
    case 'shapes':
      return 'Forecast: counted from the shapes of the model.';
    case 'before':
      return measuredAt === undefined
        ? 'Forecast from what was measured here before.'
        : `Forecast from what was measured here ${day(measuredAt)}.`;
    case 'now':
      return diedAt === undefined ? 'Measured with these settings.' : `Measured: ${count(diedAt)} at once were too much for this computer.`;
    default:
      return assertNever(basis);
  }
}
