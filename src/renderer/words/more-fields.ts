// The plan form's further settings: each in plain words, with what it does, what it is when left alone, and when it is of use at all.
import { withMark, word } from '#shared/language';
import type { AugmentationName } from '#shared/augment';
import type { DataSort } from '#shared/data-sort';
import { MODEL_CARDS } from '#shared/model-cards';
import { EMBEDDING_MODELS } from '#shared/model-settings';
import { OWN_MODEL, type RunSpec, type SaverName } from '#shared/run-spec';
import type { Draft } from '../state/draft';
import { COURSE_GROUPS } from './course-fields';
import type { MoreGroup } from './more-control';

const usedBy =
  (...names: RunSpec['optimizer'][]) =>
  ({ optimizer }: Draft): boolean =>
    names.includes(optimizer);

const PICTURES: readonly DataSort[] = ['pictures', 'masks'];
const CLASSES: readonly DataSort[] = ['pictures', 'masks', 'classification'];

export const MORE_GROUPS: MoreGroup[] = [
  ...COURSE_GROUPS,
  {
    title: 'How updates are made',
    controls: [
      {
        field: 'momentum',
        kind: 'number',
        label: 'Momentum',
        left: withMark(0.9),
        help: 'How much of its last direction an update keeps.',
        isOfUse: usedBy('momentum', 'nesterov'),
      },
      {
        field: 'clipNorm',
        kind: 'number',
        label: 'Clip the gradient at',
        left: 'not clipped',
        help: 'One odd batch cannot throw the model off: longer gradients of a whole batch are shortened to this length.',
      },
      {
        field: 'ema',
        kind: 'number',
        label: 'Averaged weights',
        left: word('off'),
        help: 'The saved model is a running average of the weights; 0.99 keeps 99 % at each update. It takes memory for one more copy.',
      },
      {
        field: 'finalModel',
        kind: 'choice',
        label: 'Saved model',
        left: 'Of the best epoch',
        help: 'The best epoch is the one with the lowest validation loss. The other model stays beside it, and can be kept instead afterwards.',
        options: [
          { value: 'best', label: 'Of the best epoch' },
          { value: 'last', label: 'Of the last step' },
        ],
      },
      {
        field: 'beta1',
        kind: 'number',
        label: 'Beta 1',
        left: withMark(0.9),
        help: 'How much of the mean gradient Adam keeps.',
        isOfUse: usedBy('adam', 'adamw'),
      },
      {
        field: 'beta2',
        kind: 'number',
        label: 'Beta 2',
        left: withMark(0.999),
        help: 'How much of the mean squared gradient Adam keeps.',
        isOfUse: usedBy('adam', 'adamw'),
      },
      {
        field: 'alpha',
        kind: 'number',
        label: 'Alpha',
        left: withMark(0.99),
        help: 'How much of the mean squared gradient RMSprop keeps.',
        isOfUse: usedBy('rmsprop'),
      },
      {
        field: 'epsilon',
        kind: 'number',
        label: 'Epsilon',
        left: withMark('0.00000001'),
        help: 'Keeps tiny gradients from becoming large updates.',
        isOfUse: usedBy('adam', 'adamw', 'rmsprop'),
      },
    ],
  },
  {
    title: 'Against learning by heart',
    controls: [
      {
        field: 'dropout',
        kind: 'number',
        isPercent: true,
        label: 'Dropout (%)',
        left: word('none'),
        help: 'Share of the last layer’s inputs left out at random, so that the model does not lean on a few.',
      },
      {
        field: 'weightDecay',
        kind: 'number',
        label: 'Weight decay',
        left: 'none; AdamW 0.01',
        help: 'Each update first shrinks the weights a little.',
      },
      {
        field: 'l2',
        kind: 'number',
        label: 'L2 penalty',
        left: word('none'),
        help: 'Large weights count as an error of their own; 0.0001 is usual.',
      },
      {
        field: 'augment',
        of: PICTURES,
        kind: 'augment',
        label: 'Varied pictures',
        help: 'Each time a picture is learnt from, it looks a little different. Validation sees it as it is.',
      },
    ],
  },
  {
    title: 'What counts as an error',
    controls: [
      {
        field: 'classWeights',
        of: CLASSES,
        kind: 'choice',
        label: 'Class weights',
        left: 'None',
        help: 'For classes of very different sizes: each class weighs the same in sum.',
        options: [{ value: 'auto', label: 'Rare classes weigh more' }],
      },
      {
        field: 'labelSmoothing',
        of: CLASSES,
        kind: 'number',
        label: 'Label smoothing',
        left: word('none'),
        help: 'The model is not asked to be quite certain; 0.1 is usual, and helps where some labels are wrong.',
        isOfUse: ({ more }) => more.loss !== 'focal',
      },
      {
        field: 'loss',
        of: ['pictures', 'classification'],
        kind: 'choice',
        label: 'Loss',
        left: 'Cross-entropy',
        help: 'The focal loss looks more at what the model still gets wrong.',
        options: [{ value: 'focal', label: 'Focal loss' }],
      },
      {
        field: 'loss',
        of: ['masks'],
        kind: 'choice',
        label: 'Loss',
        left: 'Cross-entropy of each pixel',
        help: 'Losses with Dice weigh every class alike, however few pixels it has; the focal loss looks at what is still wrong.',
        options: [
          { value: 'bce-dice', label: 'Cross-entropy + Dice' },
          { value: 'dice', label: 'Dice loss' },
          { value: 'focal', label: 'Focal loss' },
        ],
      },
      {
        field: 'loss',
        of: ['regression'],
        kind: 'choice',
        label: 'Loss',
        left: 'Squared error',
        help: 'The absolute error and the Huber loss mind single large errors less, as odd values in the data make them.',
        options: [
          { value: 'absolute-error', label: 'Absolute error' },
          { value: 'huber', label: 'Huber loss' },
        ],
      },
      {
        field: 'focalGamma',
        of: CLASSES,
        kind: 'number',
        label: 'Gamma of the focal loss',
        left: '2',
        help: 'How little counts what is already right.',
        isOfUse: ({ more }) => more.loss === 'focal',
      },
    ],
  },
  {
    title: 'Memory and speed',
    controls: [
      { field: 'savers', kind: 'savers', label: 'Memory savers', help: 'Let larger pieces fit; each costs some time.' },
      {
        field: 'normalization',
        of: PICTURES,
        kind: 'choice',
        label: 'Normalization',
        left: 'By the batch',
        help: 'By groups of channels, each picture is looked at alone: the same result whatever the pieces, without stages.',
        options: [{ value: 'group', label: 'By groups of channels' }],
        isOfUse: ({ model }) => model !== OWN_MODEL && MODEL_CARDS[model].normalizes === true,
      },
      {
        field: 'categories',
        of: ['classification', 'regression'],
        kind: 'choice',
        label: 'Categories with many values',
        left: 'A number for each value',
        help: 'A learnt vector for each value: values that act alike come to lie together, and the model has fewer inputs.',
        options: [{ value: 'embedded', label: 'A learnt vector each' }],
        isOfUse: ({ model }) => EMBEDDING_MODELS.includes(model),
      },
      {
        field: 'width',
        of: PICTURES,
        kind: 'number',
        isPercent: true,
        label: 'Width of the model (percent)',
        left: '100',
        help: 'A share of the filters: half of them need a quarter of the products and weights.',
        isOfUse: ({ model }) => MODEL_CARDS[model].scales === true,
      },
      {
        field: 'precision',
        kind: 'choice',
        label: 'Fast mode',
        left: 'Off',
        help: 'Computes products with fewer digits: bfloat16 on processors that have it, float16 on graphics cards. Quicker, but the result is not identical.',
        options: [
          { value: 'bfloat16', label: 'bfloat16 (processors): not identical' },
          { value: 'float16', label: 'float16 (graphics cards): not identical' },
        ],
      },
      {
        field: 'inputSize',
        of: PICTURES,
        kind: 'number',
        label: 'Picture size (pixels)',
        left: 'as imported',
        help: 'Pictures are brought to squares of this side; smaller ones need less memory and time.',
      },
      {
        field: 'workers',
        of: PICTURES,
        kind: 'number',
        label: 'Reading threads',
        left: word('chosen'),
        help: 'Prepare the next pictures while the model learns. They change nothing in the result.',
      },
    ],
  },
];

export const SAVER_CHOICES: Record<SaverName, string> = {
  recompute: 'Compute again instead of keeping (same result)',
  'light-layers': 'Keep less in some layers (same result)',
  'int8-activations': 'Keep in 8 bits (approximate)',
};

/** Name and unit of the strength. */
export const AUGMENT_CHOICES: Record<AugmentationName, { label: string; unit: string }> = {
  flip: { label: 'Mirror left to right', unit: 'share of the pictures' },
  crop: { label: 'Move', unit: 'at most, of a side' },
  zoom: { label: 'Cut out and enlarge', unit: 'of the area cut away, at most' },
  rotate: { label: 'Turn', unit: 'degrees at most' },
  colour: { label: 'Change brightness and colours', unit: 'at most' },
  cutout: { label: 'Cover a place', unit: 'of a side' },
  mixup: { label: 'Mix two pictures', unit: word('strength') },
};
