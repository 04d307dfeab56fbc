// The pace of a run that was never measured, expected of what a step computes: what each kind of work takes on the computer this was fitted on
// (bench/NOTES.md, "The time of an epoch"; npm run bench -- step-times), times how fast this one is.
import type { EngineName } from '#shared/engine';
import type { Pace, StepWork } from '#shared/pace';

export interface Speed {
  /** Time of this computer ÷ that of the other. */
  times: number;
  /** What is expected may be so many times less or more. */
  timesApart: number;
}

export type ExpectedPace = Pick<Pace, 'update' | 'validation' | 'reading'> & {
  /** Seconds of a piece of so many samples. */
  piece(size: number): number;
};

/** Nanoseconds of one of each. */
interface Costs extends StepWork {
  /** For being a piece. */
  piece: number;
}

interface Fitted {
  alone: Costs;
  parallel?: Costs;
  /** Nine of ten steps were less far from what is expected of them; of a computer whose speed is not known to a hair. */
  timesApart: number;
}

const FITTED: Partial<Record<EngineName, Fitted>> = {
  'tensorflow-cpu': {
    alone: { piece: 294_000, calls: 13_100, convolutions: 0.0153, products: 0.0222, depthwise: 0.273, values: 0.381, weights: 2.6 },
    parallel: { piece: 140_000, calls: 66_600, convolutions: 0.00585, products: 0.017, depthwise: 0.117, values: 0.496, weights: 2.82 },
    timesApart: 1.8,
  },
  wasm: {
    alone: { piece: 1_460_000, calls: 57_400, convolutions: 0.0608, products: 0.0882, depthwise: 0.001, values: 1.2, weights: 2.27 },
    timesApart: 1.8,
  },
};

/** What an update takes for itself, for each of its calls and each weight, Adam. */
const UPDATE = { alone: 100_000, calls: 30_000, weights: 5 };
/** Of a training step, with what judges it. */
const VALIDATION_SHARE = 0.4;
/** Of a value of an input. */
const READING = 10;
const NANO = 1e-9;

const costsOf = (engine: EngineName, isParallel: boolean): Costs | undefined => {
  const fitted = FITTED[engine];
  return (isParallel && fitted?.parallel) || fitted?.alone;
};

/** Whether anything is expected of an engine. */
export const isFitted = (engine: EngineName): boolean => FITTED[engine] !== undefined;

/** Undefined where nothing is known, of an engine or of this computer. @param known measured on this computer with this engine */
export function speedOf(engine: EngineName, known: readonly Pace[]): Speed | undefined {
  const fitted = FITTED[engine];
  const exact = known.filter(({ precision }) => precision === undefined);
  if (!fitted || exact.length === 0) return undefined;
  const logs = exact.map((pace) => {
    const costs = costsOf(engine, pace.isParallel)!;
    return Math.log(pace.piece / pieceOf(pace.work, costs, pace.micro));
  });
  const times = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  return { times, timesApart: fitted.timesApart };
}

/** @param micro samples of a piece @param inputValues of a sample */
export function expectedPace(
  { engine, isParallel, speed }: { engine: EngineName; isParallel: boolean; speed: Speed },
  { work, micro, inputValues }: { work: StepWork; micro: number; inputValues: number },
): ExpectedPace {
  const costs = costsOf(engine, isParallel)!;
  const piece = (size: number): number => speed.times * pieceOf(work, costs, size);
  return {
    piece,
    update: speed.times * NANO * (UPDATE.alone + UPDATE.calls * work.calls + UPDATE.weights * work.weights),
    validation: (VALIDATION_SHARE * piece(micro)) / micro,
    reading: speed.times * NANO * READING * inputValues,
  };
}

/** Gradients of weights are added up once a piece, however many samples are in it. */
const pieceOf = (work: StepWork, costs: Costs, size: number): number =>
  NANO *
  (costs.piece +
    costs.calls * work.calls +
    costs.weights * work.weights +
    size *
      (costs.convolutions * work.convolutions +
        costs.products * work.products +
        costs.depthwise * work.depthwise +
        costs.values * work.values));
