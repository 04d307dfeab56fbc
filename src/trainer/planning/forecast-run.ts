// What a run of these settings will need, and other batch sizes beside it.
import { equalPieces } from '#engine/pieces';
import { localFit } from '#engine/planner';
import { FailureError } from '#shared/failure';
import { fits, type BatchForecast, type ForecastQuestion, type RunForecast, type TooLarge } from '#shared/forecast';
import { disturbanceOf, mostSurvived } from '#shared/measurement';
import { defaultBudgetBytes } from '../free-memory';
import { batchesBeside } from './batch-sizes';
import { expectedBeside } from './beside-bytes';
import { cut, type Wanted } from './cut';
import { expectedClock, type EpochClock } from './epoch-clock';
import { withExtraction } from './extraction';
import { heldBytes } from './held-bytes';
import { measuredOf, ofThisEngine, type Measured } from './measured';
import type { Peaks } from './peaks';
import { savingsOf } from './savings';
import { computesInParallel, type KnownSpeed } from './speed-of-computer';
import type { Subject } from './subject';

/** So few that a function is written down in the blink of an eye: the size it comes to is then looked at itself, not taken from a line. */
const QUICK_NODES = 64;

/**
 * @param speed of this computer, where it is known
 * @param isAgain asked before: what is looked at takes its time
 * @param pause awaited while it takes a while; what it throws ends it
 * @throws FailureError bad-setting where the run would be refused whatever memory there is
 */
export async function forecastRun(
  subject: Subject,
  { spec, remembered }: ForecastQuestion,
  { speed, follows }: KnownSpeed,
  pause: () => Promise<void>,
  isAgain = false,
): Promise<RunForecast> {
  const { data, network, runtime } = subject;
  const train = data.train.length;
  const budgetBytes = spec.budgetBytes ?? defaultBudgetBytes(runtime.report);
  const before = ofThisEngine(subject, remembered);
  const mostMicro = before && mostSurvived(before);
  const wanted = { batch: Math.min(spec.batch, train), micro: spec.micro, budgetBytes, mostMicro };
  const batches = batchesBeside(wanted.batch, train);
  await subject.peaks.reach(budgetBytes, batches[batches.length - 1], pause);
  const expected = speed ? expectedClock(subject, speed, computesInParallel(subject, spec), spec.epochs) : undefined;
  // What was measured stage by stage holds for that batch alone, and what was measured of the whole network not for its last layer.
  const measured = network.batchNorm === 'exact' || subject.isOnFeatures ? undefined : measuredOf(subject, before, spec.epochs, expected);
  const clock = measured?.clock ?? expected;
  const isQuick = network.nodes.length <= QUICK_NODES;
  const held = heldBytes(subject, wanted);
  if (!measured && isQuick && spec.micro === 'auto') subject.peaks.refineEnd(budgetBytes - held, wanted.batch);
  let asked = cut(subject, wanted, measured, clock);
  const isThorough = isQuick || isAgain;
  const micro = spec.micro === 'auto' ? 1 : Math.max(...equalPieces(wanted.batch, Math.min(spec.micro, wanted.batch)));
  // The line through smaller pieces is not trusted for the one that is told of.
  if (!measured && (fits(asked) ? isQuick : isThorough)) {
    subject.peaks.refine(fits(asked) ? asked.micro : micro);
    asked = cut(subject, wanted, undefined, clock);
  }
  if (fits(asked)) asked = withWhole(asked, held + (isThorough ? subject.peaks.alone(wanted.batch) : subject.peaks.at(wanted.batch)));
  const savings =
    fits(asked) || !isThorough ? undefined : savingsOf(subject, { micro, heldBytes: held, isParallel: computesInParallel(subject, spec) });
  asked = withExtraction(subject, asked, wanted);
  const peaks = measured?.peaks ?? subject.peaks;
  // Each way to run stage by stage takes a while to look at: beside the asked batch size its own will do.
  const kept = fits(asked) ? asked.stages?.kept : undefined;
  return {
    budgetBytes,
    engine: runtime.report,
    basis: measured ? 'measured' : 'shapes',
    asked,
    table: batches.flatMap((batch) => (batch === wanted.batch ? [asked] : rowOf(subject, { ...wanted, batch, kept }, measured, clock))),
    curve: curveOf(peaks, wanted.batch, budgetBytes, held),
    ...(measured ? measuredBefore(measured, held) : { measured: [] }),
    oneSampleBytes: peaks.at(1) + held,
    ...(!measured?.clock && follows && { timeFollows: true }),
    ...(savings && { savings }),
    ...(!isThorough && (!fits(asked) || asked.pieces.length > 1) && { detailFollows: true }),
    beside: expectedBeside(subject, before),
  };
}

/** As the page shows it: with what these settings hold for reading ahead. */
function measuredBefore({ measurement }: Measured, held: number): Pick<RunForecast, 'measured' | 'fit' | 'measuredAt' | 'disturbed'> {
  const measured = measurement.points.map((point) => ({ ...point, peakBytes: point.peakBytes + held }));
  const { at: measuredAt } = measurement;
  const disturbed = disturbanceOf(measurement);
  return { measured, fit: localFit(measured), measuredAt, ...(disturbed !== undefined && { disturbed }) };
}

/** The whole batch lies far beyond what was measured, or looked at for the pieces: shapes tell it best. */
const withWhole = (row: BatchForecast, wholeBatchBytes: number): BatchForecast => ({
  ...row,
  wholeBatchBytes: row.pieces.length === 1 && !row.stages ? row.peakBytes : Math.max(row.peakBytes, wholeBatchBytes),
});

/** None where no run has such a batch. */
function rowOf(subject: Subject, wanted: Wanted, measured?: Measured, clock?: EpochClock): (BatchForecast | TooLarge)[] {
  try {
    const row = cut(subject, wanted, measured, clock);
    const settled = fits(row) || !wanted.kept ? row : cut(subject, { ...wanted, kept: undefined }, measured, clock);
    return [withExtraction(subject, settled, wanted)];
  } catch (error) {
    if (error instanceof FailureError && error.failure.kind === 'bad-setting') return [];
    throw error;
  }
}

/** From one sample to the whole batch, or to the first size beyond the budget. */
function curveOf(peaks: Peaks, batch: number, budgetBytes: number, held: number): RunForecast['curve'] {
  const inside = peaks.points.map(({ micro }) => micro).filter((micro) => micro < batch);
  const sizes = [...new Set([1, ...inside, batch])];
  const curve = sizes.map((micro) => ({ micro, peakBytes: peaks.at(micro) + held }));
  const beyond = curve.findIndex(({ peakBytes }) => peakBytes > budgetBytes);
  return beyond < 0 ? curve : curve.slice(0, beyond + 1);
}
