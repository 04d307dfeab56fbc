// Whole against pieces, tried: the gradient of the same few samples in one piece, in pieces, and in one piece in another order. The last says
// what rounding alone does.
import { dispose, gather, type Tensor } from '@tensorflow/tfjs-core';
import { gradientOf, gradientsOf, RelativeDistance } from '#engine/compare-gradients';
import { miniBatchesOf } from '#engine/course';
import { chooseKept } from '#engine/exact-batch-norm/keep';
import { createLearner, disposeLearner } from '#engine/learner';
import { BudgetMeter } from '#engine/meter';
import type { PieceReader, Workbench } from '#engine/mbp';
import type { Network } from '#engine/network';
import { trainingReader } from '#engine/piece-readers';
import { Programs } from '#engine/programs';
import { permutation, randomStream, STREAM } from '#engine/random';
import { withSavers } from '#engine/savers/saver-plan';
import { normalizations } from '#engine/statistics';
import { verdictOf } from '#engine/verdict';
import { toFailure } from '#shared/failure';
import type { PlannedRun, WholeAndPieces } from '#shared/forecast';
import type { Verdict } from '#shared/plan';
import { firstWeights } from '../build-network';
import { defaultBudgetBytes } from '../free-memory';
import { beginningOf } from '../start-model';
import { countOfPieces, heldByCheck, LEAST_SAMPLES, ofGradients, piecesToCheck, samplesToCheck } from './check-sizes';
import { openWholeSubject, type Subject } from './subject';

/**
 * Differences up to so many times what another order of the same samples makes are rounding. Measured (bench/NOTES.md, "Whole against pieces,
 * tried"); batch normalization by pieces is thousands of times off.
 */
const TIMES_ROUNDING = 10;
/** Where another order happens to add up to the same, so much still is. */
const LEAST_ROUNDING = 1e-6;

/** @throws FailureError out-of-memory where not even a few samples fit whole, and as the run would be refused */
export async function checkPieces(asked: PlannedRun): Promise<WholeAndPieces> {
  const { spec } = asked;
  const planned = await openWholeSubject(asked);
  const subject = ofGradients(planned);
  try {
    const start = await firstWeights(subject.network, spec, subject.data.model, beginningOf(asked).model);
    const budgetBytes = spec.budgetBytes ?? defaultBudgetBytes(subject.runtime.report);
    const wanted = { batch: spec.batch, micro: spec.micro, budgetBytes };
    const count = await countOfPieces(planned, wanted);
    for (let samples = await samplesToCheck(subject, wanted); ; samples >>= 1) {
      try {
        return await compare(subject, piecesToCheck(count, samples), { seed: spec.seed, start, budgetBytes });
      } catch (error) {
        if (toFailure(error).kind !== 'out-of-memory' || samples >> 1 < LEAST_SAMPLES) throw error;
      }
    }
  } finally {
    await planned.data.close();
  }
}

interface Given {
  seed: number;
  start: Float32Array[];
  budgetBytes: number;
}

async function compare(subject: Subject, pieces: number[], given: Given): Promise<WholeAndPieces> {
  const { data, network } = subject;
  const samples = pieces.reduce((sum, size) => sum + size, 0);
  const [first] = miniBatchesOf({ ...data, batch: samples, epochs: 1, seed: given.seed }, 0);
  const targets = data.objective.loss.targets(network.outputShape);
  const read = trainingReader(network, data, first, given.seed, targets);
  const order = permutation(samples, randomStream(given.seed, STREAM.check));
  const reference = unapproximated(network);
  const whole = await withBench(subject, reference, [samples], given, (bench) => gradientOf(bench, [samples], read));
  const apart = (of: Network, sizes: number[], readPiece: PieceReader): Promise<number> =>
    withBench(subject, of, sizes, given, async (bench) => {
      const distance = new RelativeDistance();
      const scale = bench.learner.lossScale?.value;
      let i = 0;
      for await (const gradient of gradientsOf(bench, sizes, readPiece)) distance.add(gradient, whole[i++], scale);
      return distance.value ?? 0;
    });
  const rounding = await apart(reference, [samples], inOrder(read, order));
  const difference = await apart(network, pieces, read);
  const { name, version } = subject.runtime.report;
  return { samples, pieces, difference, rounding, verdict: judge(network, pieces, difference, rounding), engine: `${name} ${version}` };
}

/** As it would be without 8 bits and fast mode, which approximate. */
const unapproximated = (network: Network): Network =>
  withSavers(
    { ...network, savers: undefined, precision: undefined },
    network.savers?.names.filter((name) => name !== 'int8-activations'),
  );

/** With the run's first weights; nothing of it is left but what `work` answers. */
async function withBench<T>(
  subject: Subject,
  network: Network,
  pieces: number[],
  { start, budgetBytes }: Given,
  work: (bench: Workbench) => Promise<T>,
): Promise<T> {
  const { data, runtime, optimizer } = subject;
  const meter = new BudgetMeter(runtime.meter, heldByCheck(subject));
  meter.limitBytes = budgetBytes;
  const programs = new Programs(runtime, network, optimizer, data.objective);
  const bench: Workbench = { learner: createLearner(network, optimizer, start), programs, meter };
  const isStaged = network.batchNorm === 'exact' && pieces.length > 1 && normalizations(network).length > 0;
  if (isStaged) bench.exact = chooseKept(network, data.objective, Infinity);
  try {
    return await work(bench);
  } finally {
    disposeLearner(bench.learner);
    programs.dispose();
  }
}

/** The same samples with what was drawn for them, in another order. */
const inOrder =
  (read: PieceReader, order: Int32Array): PieceReader =>
  (start, size) => {
    const given = read(start, size);
    try {
      return given.map((one): Tensor => gather(one, order));
    } finally {
      dispose(given);
    }
  };

function judge(network: Network, pieces: number[], difference: number, rounding: number): Verdict {
  if (difference <= Math.max(TIMES_ROUNDING * rounding, LEAST_ROUNDING)) return { kind: 'identical' };
  const expected = verdictOf(network, pieces);
  if (expected.kind === 'not-identical') return expected;
  return {
    kind: 'not-identical',
    because: 'the two differ by more than rounding does, which should not be',
    remedy: 'please report it with the settings of this run',
  };
}
