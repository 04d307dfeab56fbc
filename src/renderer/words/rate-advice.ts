// Which learning rate goes with a batch of another size: rules of thumb, with where they come from; and which goes with none.
import { withMark } from '#shared/language';
import type { OptimizerName } from '#shared/run-spec';
import { count } from './numbers';

export interface RateAdvice {
  /** As it would be typed. */
  rate: string;
  sentence: string;
  source: string;
}

interface Learning {
  batch: number;
  learningRate: number;
  optimizer: OptimizerName;
}

/** Below this factor between two batches no rule is worth a word. */
const NOTABLE_BATCH = 1.5;
/** Nobody has to follow a rule of thumb to the last digit. */
const NEAR_RATE = 1.25;
/** The most a spec may ask for. */
const MOST_RATE = 100;

/** What plain optimizers are used with for a batch of so many, from scratch; adaptive ones have what is usual here. */
const PLAIN_BATCH = 256;
const PLAIN_RATES: Partial<Record<OptimizerName, number>> = { sgd: 0.1, momentum: 0.05, nesterov: 0.05 };

/** Optimizers that scale each weight's step by its own gradients want the square root of the factor, plain ones all of it. */
const RULES = {
  linear: {
    says: 'With this optimizer the learning rate grows in proportion to the batch (linear rule). Let larger ones warm up.',
    source: 'Goyal and others, 2017',
  },
  root: {
    says: 'With this optimizer the learning rate grows with the square root of the batch (square-root rule).',
    source: 'Krizhevsky, 2014; for Adam Malladi and others, 2022',
  },
};

const apart = (a: number, b: number): number => Math.max(a / b, b / a);

/**
 * Nothing where the batch is near the usual one, the learning rate near what the rule says, or nobody knows what is usual.
 * @param isTrained it starts with trained weights
 */
export function rateAdvice({ batch, learningRate, optimizer }: Learning, usual: Learning, isTrained = false): RateAdvice | undefined {
  const plain = PLAIN_RATES[optimizer];
  if (plain !== undefined && (isTrained || usual.batch !== PLAIN_BATCH)) return undefined;
  const factor = batch / usual.batch;
  if (!(factor > 0) || apart(batch, usual.batch) < NOTABLE_BATCH) return undefined;
  const base = plain ?? usual.learningRate;
  const rate = Number((base * (plain === undefined ? Math.sqrt(factor) : factor)).toPrecision(2));
  if (!(rate <= MOST_RATE) || apart(rate, learningRate) < NEAR_RATE) return undefined;
  const { says, source } = plain === undefined ? RULES.root : RULES.linear;
  return {
    rate: withMark(rate),
    sentence: `${says} ${withMark(base)} is usual for ${count(usual.batch)}, so ${withMark(rate)} would go with ${count(batch)}. A rule of thumb: try both.`,
    source,
  };
}

/** So many times the usual, models do not settle. */
const WILD = 100;

/** Undefined where it is within what may work. */
export function wildRate({ learningRate, optimizer }: Omit<Learning, 'batch'>, usual: Omit<Learning, 'batch'>): string | undefined {
  const base = PLAIN_RATES[optimizer] ?? usual.learningRate;
  if (!(learningRate >= WILD * base)) return undefined;
  return `${withMark(learningRate)} is ${count(Math.round(learningRate / base))} times the usual ${withMark(base)}: training will most likely not settle.`;
}
