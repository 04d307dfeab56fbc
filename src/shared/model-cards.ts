// What a person reads of each model before choosing it; a test holds the numbers against the networks themselves.
import type { ModelName } from './run-spec';

export interface ModelCard {
  label: string;
  /** What it is for. */
  about: string;
  /** How much data it wants. */
  wants: string;
  /** Of pictures: the side in pixels from which it makes sense. */
  smallestSide?: number;
  /** It has batch normalization, which groups may take the place of. */
  normalizes?: true;
  /** It can be had with a share of its filters. */
  scales?: true;
  /** Trained numbers, for an input of `usual` and ten classes; absent: as its file has them. */
  parameters?: number;
  /** Height, width, channels; of tables, numbers of a row. */
  usual: readonly number[];
}

/** Classes that the sizes on the cards are for. */
export const CARD_CLASSES = 10;

/** Each is a float32. */
export const BYTES_OF_NUMBER = 4;

/** What its trained numbers take on disk and, once, in memory. */
export const cardBytes = ({ parameters = 0 }: Pick<ModelCard, 'parameters'>): number => BYTES_OF_NUMBER * parameters;

const PHOTO = [224, 224, 3] as const;

export const MODEL_CARDS: Record<ModelName, ModelCard> = {
  'small-cnn': {
    label: 'Small CNN',
    about: 'A small convolutional network: quick, and enough for small, simple pictures such as digits. A good first try.',
    wants: 'Some dozens of pictures a class.',
    parameters: 184_138,
    usual: [32, 32, 3],
  },
  mlp: {
    label: 'MLP',
    about:
      'Two layers between the columns and the answer: it finds what a weighted sum cannot, such as a column that matters only together with another. Of pictures, for very small ones alone.',
    wants: 'Some hundreds of rows or pictures.',
    parameters: 85_002,
    usual: [64],
  },
  linear: {
    label: 'Linear model',
    about: 'A weighted sum for every answer (logistic or linear regression): the quickest, and hard to beat on small tables.',
    wants: 'A few rows for each column are enough.',
    parameters: 650,
    usual: [64],
  },
  lenet: {
    label: 'LeNet-5',
    about: 'The classic for handwritten characters: small and quick, for simple pictures of about 28 pixels.',
    wants: 'Some dozens of pictures a class.',
    smallestSide: 8,
    parameters: 61_706,
    usual: [28, 28, 1],
  },
  'resnet-8': {
    label: 'ResNet-8',
    about: 'The smallest of the ResNets: for pictures of about 32 pixels that the small CNN finds too hard.',
    wants: 'A hundred pictures a class.',
    smallestSide: 16,
    normalizes: true,
    parameters: 77_946,
    usual: [32, 32, 3],
  },
  'mobilenet-v2': {
    label: 'MobileNetV2',
    about: 'Deep and yet light, made for phones: for photographs, and a small file in the end.',
    wants: 'Some hundreds of pictures a class.',
    smallestSide: 64,
    normalizes: true,
    scales: true,
    parameters: 2_236_682,
    usual: PHOTO,
  },
  'efficientnet-lite0': {
    label: 'EfficientNet-Lite0',
    about: 'Made for phones, and it can start from what it learnt of a million photographs: the choice for few photographs.',
    wants: 'Some dozens of pictures a class from its trained start, some hundreds from scratch.',
    smallestSide: 32,
    normalizes: true,
    scales: true,
    parameters: 3_383_818,
    usual: PHOTO,
  },
  'resnet-18': {
    label: 'ResNet-18',
    about: 'A deeper network for photographs: slower, and it needs more memory and more pictures.',
    wants: 'Some hundreds of pictures a class.',
    smallestSide: 32,
    normalizes: true,
    scales: true,
    parameters: 11_181_642,
    usual: PHOTO,
  },
  'resnet-34': {
    label: 'ResNet-34',
    about: 'ResNet-18 with twice the layers: for photographs that it does not tell apart.',
    wants: 'A thousand pictures a class.',
    smallestSide: 32,
    normalizes: true,
    scales: true,
    parameters: 21_289_802,
    usual: PHOTO,
  },
  'resnet-50': {
    label: 'ResNet-50',
    about: 'The usual yardstick for photographs: deep and wide, slow on a processor. For many classes that look alike.',
    wants: 'A thousand pictures a class.',
    smallestSide: 64,
    normalizes: true,
    scales: true,
    parameters: 23_528_522,
    usual: PHOTO,
  },
  'resnet-101': {
    label: 'ResNet-101',
    about: 'ResNet-50 with twice the layers, for a graphics card and a lot of data.',
    wants: 'Thousands of pictures a class.',
    smallestSide: 64,
    normalizes: true,
    scales: true,
    parameters: 42_520_650,
    usual: PHOTO,
  },
  'amoebanet-d': {
    label: 'AmoebaNet-D',
    about: 'Very large: for a graphics card and millions of pictures, or to see what a computer can hold.',
    wants: 'Thousands of pictures a class.',
    smallestSide: 32,
    normalizes: true,
    scales: true,
    parameters: 118_414_090,
    usual: PHOTO,
  },
  'vit-tiny': {
    label: 'ViT-Tiny',
    about: 'A small transformer: cuts the picture into squares and learns which of them belong together, wherever they are.',
    wants: 'Tens of thousands of pictures; with fewer, a ResNet learns more from them.',
    smallestSide: 32,
    parameters: 5_526_346,
    usual: PHOTO,
  },
  'u-net': {
    label: 'U-Net',
    about: 'Gives every pixel a class, by the whole picture and by its details. Sides must be multiples of 16.',
    wants: 'Some dozens of pictures with masks.',
    smallestSide: 16,
    normalizes: true,
    scales: true,
    parameters: 1_942_730,
    usual: [128, 128, 3],
  },
  'u-net-light': {
    label: 'Light U-Net',
    about: 'A U-Net a fifth as large: quicker, for masks with plain outlines. Sides must be multiples of 16.',
    wants: 'Some dozens of pictures with masks.',
    smallestSide: 16,
    normalizes: true,
    scales: true,
    parameters: 387_066,
    usual: [128, 128, 3],
  },
  own: {
    label: 'Your own model',
    about: 'A convolutional network that you bring as a TF.js layers model (model.json with its weights): it goes on from what it knows.',
    wants: 'As much as it was made for; with only its last layer trained, some dozens of pictures a class.',
    normalizes: true,
    usual: PHOTO,
  },
};
