// The usual settings of a plan: each by its name, with what it does in a sentence. The further ones are in more-fields.ts.
import { isTable, samplesNoun, type DataSort } from '#shared/data-sort';

export const PLAN_LABELS = {
  dataset: 'Data set',
  version: 'Version of the data',
  model: 'Model',
  start: 'Start from',
  trains: 'What is trained',
  batch: 'Batch size',
  memory: 'Memory budget',
  leave: 'Left for other programs',
  pieces: 'Pieces (micro-batches)',
  batchNorm: 'Batch normalization',
  epochs: 'Epochs',
  learningRate: 'Learning rate',
  optimizer: 'Optimizer',
  engine: 'Engine',
  validation: 'Validation share (%)',
  seed: 'Seed',
} as const;
export type PlanField = keyof typeof PLAN_LABELS;

export const batchHelp = (sort: DataSort): string =>
  `${samplesCalled(sort)} looked at for one update of the model. Larger batches give steadier updates, but fewer of them: larger is not always better.`;

export const PIECES_AUTO_HELP =
  'A batch that does not fit is cut into as few pieces as fit the budget, or up to a third more where all are then of one size.';

export const piecesFixedHelp = (sort: DataSort): string =>
  `The most ${samplesNoun(sort)} held in memory at once. Smaller pieces need less memory and a little more time.`;

export const MEMORY_FREE_HELP = 'Training may use three quarters of what is free when it starts.';
export const MEMORY_LIMIT_HELP = 'Training itself never uses more than you allow.';

export const epochsHelp = (sort: DataSort): string => `How many times the model sees all ${samplesNoun(sort)}.`;

export const LEARNING_RATE_HELP = 'How far one update moves the model; too high and it does not settle.';
export const ENGINE_HELP = 'Automatic takes the fastest engine that works here.';
export const validationHelp = (sort: DataSort): string => `${samplesCalled(sort)} the model never learns from, to check it honestly.`;
export const OWN_SPLIT_HELP = 'This data set brings its own validation part, which is used instead.';
export const SEED_HELP = 'The same seed repeats the same run; another one shuffles differently.';
export const NEWEST_VERSION_HELP = 'The newest one.';
export const OLDER_VERSION_HELP = 'An older one: its pictures and labels as they were.';

/** At the beginning of a sentence. */
export const samplesCalled = (sort: DataSort): string => (isTable(sort) ? 'Rows' : 'Pictures');
