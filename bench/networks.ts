// The networks the bench can name, with the pictures it gives them and the mini-batches of one turn, so many that a turn can be timed.
import type { Shape } from '#engine/layers/layer';
import { CATALOGUE } from '#engine/models/catalogue';
import type { Network } from '#engine/network';

export interface Setting {
  /** Height and width of a picture. */
  size: number;
  channels: number;
  turn: number;
}

export const SETTINGS = {
  lenet: { size: 28, channels: 1, turn: 20 },
  'resnet-18': { size: 96, channels: 3, turn: 1 },
  mlp: { size: 8, channels: 1, turn: 60 },
  'resnet-8': { size: 32, channels: 3, turn: 2 },
  'small-cnn': { size: 8, channels: 1, turn: 30 },
} as const satisfies Record<string, Setting>;

export type NetworkName = keyof typeof SETTINGS;
export const NETWORK_NAMES = Object.keys(SETTINGS) as NetworkName[];

export const buildNetwork = (name: NetworkName, inputShape: Shape, classes: number): Network => CATALOGUE[name].build(inputShape, classes);
