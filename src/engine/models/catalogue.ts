// Every architecture a run can name: one line here, one file beside.
import type { ModelName } from '#shared/run-spec';
import type { Shape } from '../layers/layer';
import type { Network } from '../network';
import { lenet } from './lenet';
import { linear } from './linear';
import { mlp } from './mlp';
import { mobileNetV2 } from './mobilenet-v2';
import { resnet8 } from './resnet-8';
import { resnet18 } from './resnet-18';
import { smallCnn } from './small-cnn';
import { uNet } from './u-net';

export interface Architecture {
  label: string;
  /** One sentence for a person choosing. */
  about: string;
  /** @param outputs classes (of each pixel, where it answers with masks), or 1 for a number */
  build(inputShape: Shape, outputs: number): Network;
}

export const CATALOGUE: Record<ModelName, Architecture> = {
  'small-cnn': {
    label: 'Small CNN',
    about: 'A small, quick net for small pictures; a good first try.',
    build: smallCnn,
  },
  mlp: {
    label: 'MLP',
    about: 'Two hidden layers that see numbers and not places; the quickest, for very small pictures and for tables.',
    build: (inputShape, classes) => mlp(inputShape, classes),
  },
  linear: {
    label: 'Linear model',
    about: 'A weighted sum for every answer: logistic or linear regression. The quickest, and hard to beat on small tables.',
    build: linear,
  },
  lenet: {
    label: 'LeNet-5',
    about: 'The classic for handwritten characters of about 28 pixels.',
    build: lenet,
  },
  'resnet-8': {
    label: 'ResNet-8',
    about: 'A small residual net for pictures of about 32 pixels.',
    build: resnet8,
  },
  'mobilenet-v2': {
    label: 'MobileNetV2',
    about: 'Deep and yet light, made for phones; for photos of 96 pixels and more.',
    build: mobileNetV2,
  },
  'resnet-18': {
    label: 'ResNet-18',
    about: 'A well-known deeper net for photos of 64 pixels and more; wants more data and time.',
    build: resnet18,
  },
  'u-net': {
    label: 'U-Net',
    about: 'Says for every pixel which class it belongs to; for pictures with masks, with sides of a multiple of 16.',
    build: (inputShape, classes) => uNet(inputShape, classes),
  },
};
