// The networks the bench can name, with the pictures it gives them and the mini-batches of one turn, so many that a turn can be timed.
import type { Shape } from '#engine/layers/layer';
import { CATALOGUE } from '#engine/models/catalogue';
import { uNet } from '#engine/models/u-net';
import type { Network } from '#engine/network';
import { CLASSES } from '#engine/objectives/classes';
import { binaryCrossEntropyDice } from '#engine/objectives/losses/binary-cross-entropy-dice';
import type { Objective } from '#engine/objectives/objective';

export interface Setting {
  /** Height and width of a picture. */
  size: number;
  channels: number;
  turn: number;
}

export const SETTINGS = {
  lenet: { size: 28, channels: 1, turn: 20 },
  'resnet-18': { size: 96, channels: 3, turn: 1 },
  'mobilenet-v2': { size: 96, channels: 3, turn: 1 },
  'u-net': { size: 128, channels: 3, turn: 1 },
  mlp: { size: 8, channels: 1, turn: 60 },
  'vit-tiny': { size: 64, channels: 3, turn: 1 },
  'resnet-8': { size: 32, channels: 3, turn: 2 },
  'small-cnn': { size: 8, channels: 1, turn: 30 },
} as const satisfies Record<string, Setting>;

export type NetworkName = keyof typeof SETTINGS;
export const NETWORK_NAMES = Object.keys(SETTINGS) as NetworkName[];

/** One mask a picture; its metrics are left out, as PyTorch's side counts none. */
const MASKS: Objective = { loss: binaryCrossEntropyDice(), stepMetrics: [], evaluationMetrics: [] };

export const objectiveOf = (name: NetworkName): Objective => (name === 'u-net' ? MASKS : CLASSES);

export const buildNetwork = (name: NetworkName, inputShape: Shape, classes: number): Network =>
  name === 'u-net' ? uNet(inputShape, 1) : CATALOGUE[name].build(inputShape, classes);
