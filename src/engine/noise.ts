// What layers draw at random in training (dropout's masks), made on the host and handed to the step as tensors: a function of the run's
// seed, the step, the layer and the sample's place in its mini-batch, so that any N_μ, any engine and a repeated step see the same.
// An op that draws by itself would move a state, or be frozen into a captured function. Bits travel packed: 1/6 byte an element.
import { tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Layer } from './layers/layer';
import type { Network } from './network';
import { randomStream, STREAM } from './random';
import type { TensorSpec } from './runtime';

/** Bits in one float32: whole numbers up to 2^24 are exact in it, on every engine. */
export const BITS_PER_WORD = 24;

/** The layers that want noise, in the network's order. */
const noisyLayers = (network: Network): Layer[] => network.nodes.flatMap(({ layer }) => (layer.noise ? [layer] : []));

/** Shapes [n, words] of the tensors that one micro-batch of n samples brings along, one for each such layer. */
export const noiseSpecs = (network: Network, n: number): TensorSpec[] =>
  noisyLayers(network).map(({ noise }) => ({ shape: [n, noise!.words], dtype: 'float32' }));

/** Those tensors by the layer they belong to. */
export const noiseByLayer = (network: Network, tensors: readonly Tensor[]): ReadonlyMap<Layer, Tensor> =>
  new Map(noisyLayers(network).map((layer, i) => [layer, tensors[i]]));

/** Bits that are 1 with that probability (to 1/65,536), BITS_PER_WORD to a number. */
export function drawBits(into: Float32Array, probability: number, random: () => number): void {
  const threshold = Math.round(probability * 0x10000);
  for (let i = 0; i < into.length; i++) {
    let word = 0;
    for (let bit = 0; bit < BITS_PER_WORD; bit += 2) {
      const drawn = (random() * 2 ** 32) >>> 0;
      word = word * 4 + ((drawn & 0xffff) < threshold ? 2 : 0) + (drawn >>> 16 < threshold ? 1 : 0);
    }
    into[i] = word;
  }
}

/** For the samples at places start … start + n − 1 of mini-batch `step`; the caller disposes of them. */
export const uploadNoise = (network: Network, seed: number, step: number, start: number, n: number): Tensor[] =>
  tidy(() =>
    noisyLayers(network).map(({ noise }, layer) => {
      const { words, probability } = noise!;
      const values = new Float32Array(n * words);
      for (let i = 0; i < n; i++) {
        drawBits(values.subarray(i * words, (i + 1) * words), probability, randomStream(seed, STREAM.noise, step, layer, start + i));
      }
      return tensor(values, [n, words], 'float32');
    }),
  );
