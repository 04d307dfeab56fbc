// The weights of a trained start, brought to a network of the same architecture for other data.
import { FailureError } from '#shared/failure';
import { initialWeights } from './initialize';
import { sizeOf } from './layers/layer';
import type { Network } from './network';
import { headPlace } from './trained-part';

export interface StartWeight {
  shape: readonly number[];
  values: Float32Array;
}

/**
 * The last layer begins anew, unless it answers about the same classes; a first layer that saw colours sees grey as the same picture in three
 * equal channels.
 * @param misfit the sentence where the weights do not fit
 * @throws FailureError bad-setting where the weights are another architecture's
 */
export function startWeights(
  network: Network,
  start: readonly StartWeight[],
  seed: number,
  keepsHead = false,
  misfit = 'The start has weights of another model. Choose the model that it was made with.',
): Float32Array[] {
  const head = network.nodes[headPlace(network)].firstWeight;
  if (start.length !== network.weights.length) throw new FailureError({ kind: 'bad-setting', problem: misfit });
  return initialWeights(network, seed).map((initial, i) => {
    if (i >= head && !keepsHead) return initial;
    const { shape } = network.weights[i];
    const { shape: given, values } = start[i];
    if (sameShape(shape, given)) return values;
    if (seesPicture(network, i) && shape[2] === 1 && sameShape([shape[0], shape[1], 3, shape[3]], given))
      return sumOfColours(values, shape);
    throw new FailureError({ kind: 'bad-setting', problem: misfit });
  });
}

/** Whether it is the kernel of a convolution over the picture's own channels; one for each channel has no sum over them. */
function seesPicture({ nodes, weights }: Network, place: number): boolean {
  if (weights[place].shape.length !== 4) return false;
  const node = nodes.findLast(({ layer, firstWeight }) => layer.weights.length > 0 && firstWeight <= place)!;
  let [from] = node.inputs;
  while (from >= 0 && nodes[from].layer.weights.length === 0) [from] = nodes[from].inputs;
  return from < 0 && node.layer.className === 'Conv2D';
}

const sameShape = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((size, i) => size === b[i]);

/** A kernel [height, width, 3, filters] for pictures whose three channels are equal. */
function sumOfColours(kernel: Float32Array, shape: readonly number[]): Float32Array {
  const filters = shape[3];
  return Float32Array.from({ length: sizeOf(shape) }, (_, i) => {
    const at = Math.floor(i / filters) * 3 * filters + (i % filters);
    return kernel[at] + kernel[at + filters] + kernel[at + 2 * filters];
  });
}
