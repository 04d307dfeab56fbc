// The settings that the plan form has no field for, in words: shown beside the form and in the history, so that none acts unseen.
import { withMark, word } from '#shared/language';
import { AUGMENTATION_NAMES, type AugmentationName, type Augment } from '#shared/augment';
import type { ScheduleName } from '#shared/update-settings';
import type { RunSpec, SaverName } from '#shared/run-spec';
import { LOSS_LABELS } from './choices';
import { counted, percent } from './numbers';

/** What the plan form has fields for. */
type FormField =
  | 'model'
  | 'start'
  | 'trains'
  | 'batch'
  | 'micro'
  | 'batchNorm'
  | 'budgetBytes'
  | 'epochs'
  | 'optimizer'
  | 'learningRate'
  | 'seed'
  | 'validationShare'
  | 'engine';

export type MoreSettings = Omit<RunSpec, FormField>;
export type MoreField = keyof MoreSettings;

const SCHEDULES: Record<ScheduleName, string> = {
  constant: 'Constant',
  step: 'Falls in steps',
  cosine: 'Half a cosine down to zero',
  'one-cycle': 'One cycle: up, then down',
};

const SAVERS: Record<SaverName, string> = {
  recompute: 'recompute activations',
  'light-layers': 'light layers',
  'int8-activations': 'activations in 8 bits (approximate)',
};

const epochs = (value: number): string => counted(value, 'epoch', 'epochs');

const AUGMENTED: Record<AugmentationName, string> = {
  flip: word('flip'),
  crop: word('crop'),
  zoom: word('zoom'),
  rotate: word('rotate'),
  colour: word('colours'),
  cutout: word('cutout'),
  mixup: word('mixup'),
};

function augmentWords(augment: Augment): string {
  const used = AUGMENTATION_NAMES.filter((name) => (augment[name] ?? 0) > 0);
  return used.map((name) => `${AUGMENTED[name]} ${withMark(augment[name] ?? 0)}`).join(', ') || 'None';
}

type Say<K extends MoreField> = (value: NonNullable<MoreSettings[K]>) => string;
type Words = { [K in MoreField]-?: [name: string, say: Say<K>] };

/** In the order in which they are shown. A new setting of the spec does not compile without its words. */
const WORDS: Words = {
  normalization: ['Normalization', (value) => (value === 'group' ? 'By groups of channels' : 'By the batch')],
  width: ['Width of the model', percent],
  categories: ['Categories', (value) => (value === 'embedded' ? 'A learnt vector each' : 'A number each value')],
  loss: ['Loss', (value) => LOSS_LABELS[value]],
  labelSmoothing: ['Label smoothing', withMark],
  classWeights: ['Class weights', (value) => (value === 'auto' ? 'Rare classes weigh more' : 'None')],
  focalGamma: ['Gamma of the focal loss', withMark],
  schedule: ['Learning rate schedule', (value) => SCHEDULES[value]],
  stepEpochs: ['Schedule falls every', epochs],
  stepFactor: ['Each fall multiplies by', withMark],
  warmupEpochs: ['Warm-up', epochs],
  momentum: ['Momentum', withMark],
  beta1: ['Beta 1', withMark],
  beta2: ['Beta 2', withMark],
  alpha: ['Alpha', withMark],
  epsilon: ['Epsilon', withMark],
  clipNorm: ['Gradient norm clipped at', withMark],
  l2: ['L2 penalty', withMark],
  weightDecay: ['Weight decay', withMark],
  ema: ['Averaged weights, decay', withMark],
  dropout: ['Dropout', percent],
  augment: ['Varied pictures', augmentWords],
  inputSize: ['Picture size', (value) => `${value} × ${value} pixels`],
  savers: ['Memory savers', (value) => value.map((name) => SAVERS[name]).join(', ') || 'None'],
  precision: ['Precision', (value) => (value === 'float32' ? value : `${value}: fast, not identical`)],
  patience: ['Stops early', (value) => `After ${epochs(value)} without a better one`],
  minEpochs: ['Does at least', epochs],
  finalModel: ['Saved model', (value) => (value === 'best' ? 'Of the best epoch' : 'Of the last step')],
  workers: ['Reading threads', String],
};

export const MORE_FIELDS = Object.keys(WORDS) as MoreField[];

export interface MoreSetting {
  field: MoreField;
  name: string;
  value: string;
}

/** Those that are set, each by name and value. */
export function moreSettings(settings: MoreSettings): MoreSetting[] {
  const one = <K extends MoreField>(field: K): MoreSetting[] => {
    const value = settings[field];
    const [name] = WORDS[field];
    const say = WORDS[field][1] as Say<K>;
    return value === undefined ? [] : [{ field, name, value: say(value) }];
  };
  return MORE_FIELDS.flatMap(one);
}

/** What a spec sets beside the form's fields. */
export function moreOf(spec: RunSpec): MoreSettings {
  return Object.fromEntries(MORE_FIELDS.filter((field) => spec[field] !== undefined).map((field) => [field, spec[field]]));
}
