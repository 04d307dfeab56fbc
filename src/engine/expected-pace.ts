// The pace of a run that was never measured, expected of what a step computes: what each kind of work takes on the computer this was fitted on
// (npm run bench -- step-times, then step-fit; bench/NOTES.md), times how fast this one is.
import { undisturbed } from '#shared/disturbance';
import type { EngineName } from '#shared/engine';
import type { Pace, StepWork } from '#shared/pace';
import type { Parts } from './epoch-time';

export interface Speed {
  /** Time of this computer ÷ that of the other. */
  times: number;
  /** What is expected may be so many times less or more. */
  timesApart: number;
  /** It was read from the same step, and better than from others. */
  isOfStep?: true;
  /** What a look at the same step measured beside its pieces. */
  parts?: Pick<Pace, 'update' | 'validation' | 'reading'>;
}

export type ExpectedPace = Required<Omit<Parts, 'between'>> & {
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
    alone: {
      piece: 323_000,
      calls: 4_990,
      convolutions: 0.00994,
      products: 0.0153,
      depthwise: 0.0686,
      attention: 0.105,
      normalized: 2.39,
      values: 0.285,
      weights: 2.21,
    },
    parallel: {
      piece: 273_000,
      calls: 18_700,
      convolutions: 0.00438,
      products: 0.00837,
      depthwise: 0.0732,
      attention: 0.141,
      normalized: 2.55,
      values: 0.304,
      weights: 1.45,
    },
    timesApart: 1.8,
  },
  wasm: {
    alone: {
      piece: 272_000,
      calls: 14_200,
      convolutions: 0.0532,
      products: 0.0315,
      depthwise: 0.22,
      attention: 1.08,
      normalized: 0.665,
      values: 1.23,
      weights: 3.23,
    },
    timesApart: 1.8,
  },
};

/** What an update takes for itself, for each of its calls and each weight, Adam; of all engines about the same. */
const UPDATE = { alone: 60_000, calls: 28_000, weights: 4.9 };
/** Of a training step, with what judges it. */
const VALIDATION_SHARE = 0.37;
/** Of a value of an input. */
const READING = 10;
/** What an epoch's end takes, and what each of the first epochs takes more, until programs are fast. */
const EPOCH = 1_500_000;
const BEGINNING = Array<number>(8).fill(12_500_000);
const NANO = 1e-9;

const costsOf = (engine: EngineName, isParallel: boolean): Costs | undefined => {
  const fitted = FITTED[engine];
  return (isParallel && fitted?.parallel) || fitted?.alone;
};

/** Whether anything is expected of an engine. */
export const isFitted = (engine: EngineName): boolean => FITTED[engine] !== undefined;

/** What a step computes, and how. */
export type StepKind = Pick<Pace, 'work' | 'isParallel'>;

/** Of the same network: plans were up to 28 % from their run, and a sample in pieces of 16 takes 29 % longer than in pieces of 2 (bench/NOTES.md). */
const SAME_STEP_APART = 1.4;

const isSameStep = (a: StepKind, b: StepKind): boolean =>
  a.isParallel === b.isParallel && Object.entries(a.work).every(([part, amount]) => b.work[part as keyof StepWork] === amount);

/**
 * Undefined where nothing is known, of an engine or of this computer.
 * @param known measured on this computer with this engine
 * @param asked the step it is about: where it was measured itself, that tells more than all others
 */
export function speedOf(engine: EngineName, known: readonly Pace[], asked?: StepKind): Speed | undefined {
  const fitted = FITTED[engine];
  // Earlier versions did not count apart what is normalized.
  const exact = known.filter(({ precision, work }) => precision === undefined && work.normalized !== undefined);
  if (!fitted || exact.length === 0) return undefined;
  const same = asked ? exact.filter((pace) => isSameStep(pace, asked)) : [];
  const logs = (same.length > 0 ? same : exact).map((pace) => {
    const costs = costsOf(engine, pace.isParallel)!;
    return Math.log(pace.piece / pieceOf(pace.work, costs, pace.micro));
  });
  const times = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  return same.length > 0 ? { times, timesApart: SAME_STEP_APART, isOfStep: true } : { times, timesApart: fitted.timesApart };
}

/** Of what was looked at for half a second (bench/NOTES.md). */
const LOOKED_AT_APART = 1.5;

/**
 * Of the step that was looked at; undefined where nothing was fitted.
 * @param disturbed share that others took meanwhile: undisturbed it is quicker, by how much nobody knows
 */
export function lookedAtSpeed(engine: EngineName, pace: Pace, disturbed = 0): Speed | undefined {
  const fitted = FITTED[engine];
  const costs = costsOf(engine, pace.isParallel);
  if (!fitted || !costs) return undefined;
  const { secondsPerEpoch: left, timesApart = 1 } = undisturbed(1, disturbed);
  const apart = LOOKED_AT_APART * timesApart;
  const { piece, micro, work, update, validation, reading } = pace;
  return {
    times: (left * piece) / pieceOf(work, costs, micro),
    timesApart: Math.min(apart, fitted.timesApart),
    ...(apart < fitted.timesApart && { isOfStep: true }),
    parts: { update: left * update, validation: left * validation, reading: left * reading },
  };
}

/** On the computer that costs were fitted on. */
export const pieceSeconds = ({ engine, isParallel }: { engine: EngineName; isParallel: boolean }, work: StepWork, size: number): number =>
  pieceOf(work, costsOf(engine, isParallel)!, size);

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
    ...speed.parts,
    epoch: speed.times * NANO * EPOCH,
    beginning: BEGINNING.map((more) => speed.times * NANO * more),
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
        costs.attention * work.attention +
        costs.normalized * work.normalized +
        costs.values * work.values));
