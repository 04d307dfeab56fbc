// How fast a planned run will be: a few of its first pieces made for real, of its own samples, with an update that is thrown away, and a little
// of its validation.
import { dispose } from '@tensorflow/tfjs-core';
import { miniBatchesOf } from '#engine/course';
import { evaluate } from '#engine/evaluate';
import { accumulate, allUpdates, settle, type PieceReader, type Workbench } from '#engine/mbp';
import { equalPieces } from '#engine/pieces';
import { evaluationReader, trainingReader } from '#engine/piece-readers';
import { PASSES, stepWork } from '#engine/step-work';
import { addTotals, metricsOf } from '#engine/totals';
import type { TrainingData } from '#engine/training-data';
import type { Pace } from '#shared/pace';
import type { Plan } from '#shared/plan';
import { DEFAULT_PRECISION } from '#shared/run-spec';
import { usual } from '#shared/usual';

/** A round has pieces for so long. Rounds count once programs have become fast, and go on until enough is counted. */
const ROUND_MS = 60;
const THOROUGH: Effort = { warmMs: 400, countedMs: 500, rounds: 8 };
/** Where programs have become fast before. */
export const BRIEF: Effort = { warmMs: 50, countedMs: 300, rounds: 1 };
/** Nobody waits longer for more rounds. */
const MOST_COUNTED_MS = 1_500;
/** Trying a piece that takes longer told enough. */
const LONG_MS = 1_000;
const FEW_SAMPLES = 8;

interface Effort {
  warmMs: number;
  /** At least so long, and so many rounds. */
  countedMs: number;
  rounds: number;
}

interface Asked {
  bench: Workbench;
  data: TrainingData;
  seed: number;
  plan: Pick<Plan, 'batch' | 'micro' | 'pieces' | 'measured'>;
  /** The engine computes with all cores. */
  isParallel: boolean;
  pause(): Promise<void>;
  effort?: Effort;
}

/** @throws FailureError out-of-memory with nothing changed; what `pause` throws */
export async function measurePace({ bench, data: given, seed, plan, isParallel, pause, effort = THOROUGH }: Asked): Promise<Pace> {
  const { network } = bench.learner;
  const targets = bench.programs.objective.loss.targets(network.outputShape);
  const reader = new TimedReader(given);
  const { data } = reader;
  const { micro } = plan;
  const batch = Math.min(plan.batch, data.train.length);
  const [first] = miniBatchesOf({ ...data, batch, epochs: 1, seed }, 0);
  const tried = plan.measured.find((point) => point.micro === micro)!.milliseconds;
  const { precision = DEFAULT_PRECISION } = network;
  const step = { work: stepWork(network), isParallel, ...(precision !== DEFAULT_PRECISION && { precision }) };
  if (tried > LONG_MS) {
    data.read(first, 0, Math.min(FEW_SAMPLES, batch));
    const piece = tried / 1000;
    return { piece, micro, update: 0, validation: piece / micro / PASSES, reading: reader.secondsPerSample, ...step };
  }
  const some = (sizes: number[], each: number): number[] => sizes.slice(0, Math.max(1, Math.ceil(ROUND_MS / each)));
  const pieces = some(plan.pieces, tried);
  const judged = data.validation.length > 0 ? some(equalPieces(data.validation.length, micro), tried / PASSES) : [];
  const train = trainingReader(network, data, first, seed, targets);
  const judge = evaluationReader(data, { indices: data.validation }, targets);
  const rounds: Round[] = [];
  let isWarm = false;
  const isEnough = (ms: number): boolean =>
    rounds.length > 0 && ms >= effort.countedMs && (rounds.length >= effort.rounds || ms >= MOST_COUNTED_MS);
  for (let begin = performance.now(); !isEnough(performance.now() - begin);) {
    const trained = await miniBatch(bench, pieces, train, pause, reader.now);
    const before = reader.now();
    if (judged.length > 0) await evaluate(bench, judged, judge, pause);
    if (isWarm) rounds.push({ ...trained, judged: reader.now() - before });
    else if (performance.now() - begin > effort.warmMs) {
      isWarm = true;
      begin = performance.now();
      reader.forget();
    }
  }
  const seconds = (part: keyof Round, samples = 1): number => usual(rounds.map((round) => round[part])) / 1000 / Math.max(1, samples);
  return {
    piece: micro * seconds('pieces', total(pieces)),
    micro,
    update: seconds('update'),
    validation: seconds('judged', total(judged)),
    reading: reader.secondsPerSample,
    ...step,
  };
}

/** Milliseconds of its parts. */
interface Round {
  pieces: number;
  update: number;
  judged: number;
}

/** Milliseconds of the pieces and of the update after them, which changes nothing. */
async function miniBatch(bench: Workbench, pieces: number[], read: PieceReader, pause: () => Promise<void>, now: () => number) {
  const { learner, programs } = bench;
  const begin = now();
  const carry = accumulate(bench, pieces, read);
  try {
    const done = await settle(bench, carry);
    const computed = now();
    for (const { weight, slots } of allUpdates(bench, carry, done, 1e-3)) dispose([weight, ...slots]);
    // As a run does with each.
    const { stepMetrics } = programs.objective;
    metricsOf(addTotals(done, done, stepMetrics, learner.network.outputShape), stepMetrics, learner.network.outputShape);
    await pause();
    return { pieces: computed - begin, update: now() - computed };
  } finally {
    dispose(carry);
  }
}

const total = (sizes: number[]): number => sizes.reduce((sum, size) => sum + size, 0);

/** Knows how long reading took, and has a clock that stands still meanwhile. */
class TimedReader {
  readonly data: TrainingData;
  #milliseconds = 0;
  #counted = 0;
  #samples = 0;

  constructor(given: TrainingData) {
    this.data = {
      ...given,
      read: (list, start, size) => {
        const begin = performance.now();
        const samples = given.read(list, start, size);
        const took = performance.now() - begin;
        this.#milliseconds += took;
        this.#counted += took;
        this.#samples += size;
        return samples;
      },
    };
  }

  now = (): number => performance.now() - this.#milliseconds;

  forget(): void {
    this.#counted = 0;
    this.#samples = 0;
  }

  get secondsPerSample(): number {
    return this.#counted / 1000 / Math.max(1, this.#samples);
  }
}
