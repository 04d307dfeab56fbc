// A short look at how fast the planned network itself is here, before anything is measured: a few of its pieces, thrown away. Only where they
// are quick and small, since this process is to answer and to hold little.
import { lookedAtSpeed, pieceSeconds, type Speed } from '#engine/expected-pace';
import { initialWeights } from '#engine/initialize';
import { createLearner, disposeLearner } from '#engine/learner';
import type { Workbench } from '#engine/mbp';
import { BudgetMeter } from '#engine/meter';
import { equalPieces } from '#engine/pieces';
import { Programs } from '#engine/programs';
import { stepWork } from '#engine/step-work';
import { trial } from '#engine/trial';
import { toFailure } from '#shared/failure';
import type { RunSpec } from '#shared/run-spec';
import { defaultBudgetBytes } from '../free-memory';
import { measurePace } from './measure-pace';
import { watchOthers } from './others-at-work';
import { coresOf } from './paced';
import type { Subject } from './subject';

const EFFORT = { warmMs: 400, countedMs: 300, rounds: 3 };
/** Of a piece, as it is expected. */
const MOST_SECONDS = 0.1;
const MOST_BYTES = 150e6;

/**
 * Undefined where even one sample is too much for a look.
 * @param expected of this computer, as far as it is known
 * @param pause awaited between pieces; what it throws ends it
 */
export async function lookAtStep(
  subject: Subject,
  spec: RunSpec,
  expected: Speed | undefined,
  pause: () => Promise<void>,
): Promise<Speed | undefined> {
  const { data, network: planned, optimizer, runtime } = subject;
  // Worked stage by stage it is a sum of the same kinds of work.
  const network = planned.batchNorm === 'exact' ? { ...planned, batchNorm: undefined } : planned;
  const micro = microOf(subject, spec, expected?.times ?? 1);
  if (micro === undefined) return undefined;
  const bench: Workbench = {
    meter: new BudgetMeter(runtime.meter),
    learner: createLearner(network, optimizer, initialWeights(network, spec.seed)),
    programs: new Programs(runtime, network, optimizer, data.objective),
  };
  try {
    const point = await trial(bench, micro, [], () => performance.now());
    await pause();
    // As the run will: small pieces share calls.
    const batch = Math.min(spec.batch, data.train.length);
    const plan = { batch, micro, pieces: equalPieces(batch, micro), measured: [point] };
    const othersSince = watchOthers(coresOf(runtime, data).computing);
    const isParallel = runtime.isParallel ?? false;
    const pace = await measurePace({ bench, data, seed: spec.seed, plan, isParallel, pause, effort: EFFORT });
    return lookedAtSpeed(runtime.report.name, pace, othersSince());
  } catch (error) {
    if (toFailure(error).kind === 'cancelled') throw error;
    // What cannot be looked at is not known: the forecast says all else.
    return undefined;
  } finally {
    disposeLearner(bench.learner);
    bench.programs.dispose();
    bench.meter.release();
  }
}

/** The largest piece that the run may have and a look can be taken at. */
function microOf({ data, network, peaks, runtime }: Subject, spec: RunSpec, times: number): number | undefined {
  const batch = Math.min(spec.batch, data.train.length);
  const most = spec.micro === 'auto' ? batch : Math.max(...equalPieces(batch, Math.min(spec.micro, batch)));
  const budget = Math.min(MOST_BYTES, spec.budgetBytes ?? defaultBudgetBytes(runtime.report));
  const work = stepWork(network);
  const kind = { engine: runtime.report.name, isParallel: runtime.isParallel ?? false };
  for (let micro = most; micro >= 1; micro = Math.floor(micro / 2))
    if (times * pieceSeconds(kind, work, micro) <= MOST_SECONDS && peaks.at(micro) <= budget) return micro;
  return undefined;
}
