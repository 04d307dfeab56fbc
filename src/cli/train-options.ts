// The words after `train`, turned into a run's spec.
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { parseAugment } from '#shared/augment';
import { parseTypedBytes } from '#shared/bytes';
import { DATA_SORTS, type DataSort } from '#shared/data-sort';
import { defaultSpec } from '#shared/default-spec';
import { FailureError } from '#shared/failure';
import { DEFAULT_SPEC, MODEL_NAMES, RunSpecSchema, type RunSpec } from '#shared/run-spec';
import { chosenProblem } from './chosen-spec';
import { parseWords } from './parse-words';
import { PICTURE_HELP, READING_OPTIONS, sourceChoices, type ReadingOptions } from './reading-options';
import { TABLE_HELP } from './table-options';

export interface TrainOptions {
  /** What was said, over what every run has: what is usual of the data is not known yet. */
  spec: RunSpec;
  /** Only what was said on the command line. */
  given: Partial<RunSpec>;
  /** That, and what the settings file says. */
  said: Partial<RunSpec>;
  /** The settings file alone is a whole spec. */
  isWhole: boolean;
  /** What was said of how the data are to be read. */
  reading: ReadingOptions;
  /** A folder of pictures, a table, a packed data set, or "sample:NAME". */
  data?: string;
  out?: string;
  resume?: string;
  /** The folder of a run that is made again. */
  repeat?: string;
  history: boolean;
  json: boolean;
  /** Say what models there are, and nothing else. */
  models: boolean;
  help: boolean;
}

/** "small-cnn; with masks u-net; of a table for a class mlp, for a number linear". */
function usual(field: 'model' | 'batch' | 'epochs' | 'learningRate'): string {
  const of = (sort: DataSort) => defaultSpec(sort)[field];
  const [classes, numbers] = [of('classification'), of('regression')];
  const ofTables = classes === numbers ? `of a table ${classes}` : `of a table for a class ${classes}, for a number ${numbers}`;
  return `${of('pictures')}; with masks ${of('masks')}; ${ofTables}`;
}

export const TRAIN_HELP = `npm run train -- --data FOLDER|TABLE.csv|sample:NAME [options]

  --model NAME        ${MODEL_NAMES.join(', ')}
                      (${usual('model')})
  --start NAME        weights to begin with: scratch, imagenet (of efficientnet-lite0), run:FOLDER of an earlier run,
                      model:FILE, the model.json of a TF.js layers model of your own (scratch)
  --trains PART       of a trained start: head, last-stages, everything (everything)
  --batch N           samples of one update                     (${usual('batch')})
  --micro N|auto      samples held in memory at once            (${DEFAULT_SPEC.micro})
  --batch-norm MODE   per-micro-batch, frozen, exact            (per-micro-batch; frozen from a trained start)
  --normalization N   batch; group: by groups of channels of each sample, so that pieces change nothing (batch)
  --width SHARE       of the model's filters, e.g. 0.25: smaller and quicker (1)
  --categories FORM   of a table: one-hot; embedded: those with more than 10 values as vectors that are learnt (mlp: embedded)
  --budget SIZE       memory the run may use, e.g. 512MB, 2GiB  (three quarters of what is free)
  --epochs E          passes over the training pictures, at most (${usual('epochs')})
  --patience E|off    end after so many epochs without a lower validation loss, and keep the best one
  --min-epochs E      with --patience: epochs that are done in any case (1)
  --optimizer NAME    sgd, momentum, nesterov, adam, adamw, rmsprop (${DEFAULT_SPEC.optimizer})
  --lr X              learning rate                             (${usual('learningRate')})
  --loss NAME         softmax-cross-entropy, focal; of masks also bce-dice, dice; of numbers: squared-error, absolute-error, huber (the first)
  --label-smoothing X share of the target spread over all classes (0)
  --class-weights W   none, or balanced: every class weighs the same (none)
  --focal-gamma X     how little counts what is already right   (2)
  --schedule NAME     constant, step, cosine, one-cycle         (constant)
  --step-epochs E     epochs between falls of --schedule step   (a third of the run)
  --step-factor X     what each fall multiplies the rate by     (0.1)
  --warmup E          epochs in which the learning rate rises   (0)
  --clip X            most the norm of a gradient may be        (not clipped)
  --l2 X              L2 penalty on weights                     (0)
  --weight-decay X    decoupled weight decay                    (0.01 with adamw, else 0)
  --ema X             decay of averaged weights, e.g. 0.99; validation and the saved model then use the averages
  --momentum X        of momentum and nesterov                  (0.9)
  --beta1 X --beta2 X of adam and adamw                         (0.9, 0.999)
  --alpha X           of rmsprop                                (0.99)
  --epsilon X         of adam, adamw and rmsprop                (1e-8)
${PICTURE_HELP}
${TABLE_HELP}
  --seed S            start of every random choice              (${DEFAULT_SPEC.seed})
  --val SHARE         share held out for validation             (${DEFAULT_SPEC.validationShare})
  --dropout SHARE     share of the last layer's inputs dropped  (0)
  --augment LIST      vary training pictures: none, or flip,crop,zoom,rotate,colour,cutout,mixup, each as it is or with a strength (rotate:10)
  --input-size N      bring pictures to N × N pixels            (as packed)
  --workers N         threads that read ahead                   (as many as are worth it)
  --engine NAME       auto, tensorflow-cuda, tensorflow-cpu, wasm, js (${DEFAULT_SPEC.engine})
  --savers LIST       less memory: recompute, light-layers (same result), int8-activations (approximate); commas between
  --precision NAME    float32, or fast mode, approximate: bfloat16 on processors, float16 on graphics cards (float32)
  --out DIR           where the model, receipt and metrics go   (runs/…)
  --spec FILE         a run's settings as JSON; options given beside it win
  --final last|best   weights of the saved model: of the last step, or of the epoch with the lowest validation loss (best)
  --resume DIR        go on with an interrupted or finished run; a larger --epochs makes it longer. Beside it: --engine,
                      --workers, --final, --data, --out, --history, --json; its other settings stay as they were
  --repeat DIR        make a finished run again, with its data, settings, engine and pieces, and say whether the weights are the
                      same. Beside it: --engine, --data, --out, --history, --json
  --history           also write the run into the app's history
  --json              print the run's events as JSON lines (docs/cli.md)
  --models            say what each model is for, its size and what it wants
`;

const OPTIONS = {
  data: { type: 'string' },
  ...READING_OPTIONS,
  model: { type: 'string' },
  start: { type: 'string' },
  trains: { type: 'string' },
  batch: { type: 'string' },
  micro: { type: 'string' },
  'batch-norm': { type: 'string' },
  normalization: { type: 'string' },
  width: { type: 'string' },
  categories: { type: 'string' },
  budget: { type: 'string' },
  epochs: { type: 'string' },
  patience: { type: 'string' },
  'min-epochs': { type: 'string' },
  optimizer: { type: 'string' },
  lr: { type: 'string' },
  loss: { type: 'string' },
  'label-smoothing': { type: 'string' },
  'class-weights': { type: 'string' },
  'focal-gamma': { type: 'string' },
  schedule: { type: 'string' },
  'step-epochs': { type: 'string' },
  'step-factor': { type: 'string' },
  warmup: { type: 'string' },
  clip: { type: 'string' },
  l2: { type: 'string' },
  'weight-decay': { type: 'string' },
  ema: { type: 'string' },
  momentum: { type: 'string' },
  beta1: { type: 'string' },
  beta2: { type: 'string' },
  alpha: { type: 'string' },
  epsilon: { type: 'string' },
  seed: { type: 'string' },
  val: { type: 'string' },
  dropout: { type: 'string' },
  augment: { type: 'string' },
  'input-size': { type: 'string' },
  workers: { type: 'string' },
  engine: { type: 'string' },
  savers: { type: 'string' },
  precision: { type: 'string' },
  out: { type: 'string' },
  spec: { type: 'string' },
  final: { type: 'string' },
  resume: { type: 'string' },
  repeat: { type: 'string' },
  history: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  models: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** What may be said beside --resume and --repeat: nothing that changes the sequence of mini-batches. */
const BESIDE = {
  resume: 'resume epochs engine workers final data out history json models help'.split(' '),
  repeat: 'repeat engine data out history json models help'.split(' '),
} as const;

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

const parse = (args: string[]) => parseWords(args, OPTIONS, 'See npm run train -- --help.').values;

function number(name: string, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value)) throw bad(`--${name} must be a number, not "${text}".`);
  return value;
}

function readSpecFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw bad(`The settings file ${path} cannot be read as JSON. Check its name and contents.`);
  }
}

function refuseBeside(values: ReturnType<typeof parse>, mode: keyof typeof BESIDE, what: string): void {
  const refused = values[mode] === undefined ? undefined : Object.keys(values).find((name) => !BESIDE[mode].includes(name));
  if (refused) throw bad(`${what} keeps its settings: --${refused} cannot be given beside --${mode}. Leave it out, or start a new run.`);
}

/** What is usual depends on the data, which are not there yet: only what no data make a run of is refused. */
function refuseForAll(options: Pick<TrainOptions, 'said' | 'isWhole'>): void {
  const problems = DATA_SORTS.map((sort) => chosenProblem(options, sort));
  if (!problems.includes(undefined)) throw bad(problems[0]!);
}

/** @throws FailureError bad-setting, one sentence naming the option */
export function parseTrainOptions(args: string[]): TrainOptions {
  const values = parse(args);
  refuseBeside(values, 'resume', 'A run that goes on');
  refuseBeside(values, 'repeat', 'A run that is repeated');
  const given: { -readonly [K in keyof RunSpec]?: unknown } = {};
  if (values.model !== undefined) given.model = values.model;
  if (values.start !== undefined) given.start = values.start;
  if (values.trains !== undefined) given.trains = values.trains;
  if (values.optimizer !== undefined) given.optimizer = values.optimizer;
  if (values.final !== undefined) given.finalModel = values.final;
  if (values.engine !== undefined) given.engine = values.engine;
  if (values['batch-norm'] !== undefined) given.batchNorm = values['batch-norm'];
  if (values.normalization !== undefined) given.normalization = values.normalization;
  if (values.categories !== undefined) given.categories = values.categories;
  if (values.schedule !== undefined) given.schedule = values.schedule;
  if (values.loss !== undefined) given.loss = values.loss;
  if (values['class-weights'] !== undefined) given.classWeights = values['class-weights'] === 'balanced' ? 'auto' : values['class-weights'];
  for (const [option, field] of [
    ['width', 'width'],
    ['batch', 'batch'],
    ['epochs', 'epochs'],
    ['lr', 'learningRate'],
    ['seed', 'seed'],
    ['val', 'validationShare'],
    ['label-smoothing', 'labelSmoothing'],
    ['focal-gamma', 'focalGamma'],
    ['step-epochs', 'stepEpochs'],
    ['step-factor', 'stepFactor'],
    ['warmup', 'warmupEpochs'],
    ['clip', 'clipNorm'],
    ['l2', 'l2'],
    ['weight-decay', 'weightDecay'],
    ['ema', 'ema'],
    ['momentum', 'momentum'],
    ['beta1', 'beta1'],
    ['beta2', 'beta2'],
    ['alpha', 'alpha'],
    ['epsilon', 'epsilon'],
    ['min-epochs', 'minEpochs'],
    ['dropout', 'dropout'],
    ['input-size', 'inputSize'],
    ['workers', 'workers'],
  ] as const) {
    const text = values[option];
    if (text !== undefined) given[field] = number(option, text);
  }
  if (values.patience !== undefined) given.patience = values.patience === 'off' ? undefined : number('patience', values.patience);
  if (values.precision !== undefined) given.precision = values.precision;
  if (values.savers !== undefined) given.savers = values.savers.split(',').map((name) => name.trim());
  if (values.micro !== undefined) given.micro = values.micro === 'auto' ? 'auto' : number('micro', values.micro);
  if (values.budget !== undefined) {
    const bytes = parseTypedBytes(values.budget);
    if (bytes === undefined) throw bad(`--budget must be a size above zero with its unit, such as 512MB or 2GiB, not "${values.budget}".`);
    given.budgetBytes = bytes;
  }
  if (values.augment !== undefined) {
    const augment = parseAugment(values.augment);
    if (typeof augment === 'string') throw bad(`--augment: ${augment}`);
    given.augment = augment;
  }
  const fromFile = values.spec === undefined ? {} : readSpecFile(values.spec);
  if (typeof fromFile !== 'object' || fromFile === null) throw bad(`The settings file ${values.spec} must hold a JSON object.`);
  const unknown = Object.keys(fromFile).find((key) => !(key in RunSpecSchema.entries));
  if (unknown !== undefined)
    throw bad(
      `The settings file ${values.spec} names "${unknown}", which is no setting. The settings are: ${Object.keys(RunSpecSchema.entries).join(', ')}.`,
    );
  const said = { ...fromFile, ...given } as Partial<RunSpec>;
  if ((said.width !== undefined || said.normalization !== undefined) && said.model === undefined)
    throw bad('Say with --model NAME which model --width and --normalization are of.');
  const isWhole = v.is(RunSpecSchema, fromFile);
  refuseForAll({ said, isWhole });
  const { data, out, resume, repeat, history, json, models, help } = values;
  const reading = Object.fromEntries(Object.keys(READING_OPTIONS).map((name) => [name, values[name as keyof ReadingOptions]]));
  sourceChoices(reading);
  return {
    spec: { ...DEFAULT_SPEC, ...said },
    given: given as Partial<RunSpec>,
    said,
    isWhole,
    reading,
    data,
    out,
    resume,
    repeat,
    history,
    json,
    models,
    help,
  };
}
