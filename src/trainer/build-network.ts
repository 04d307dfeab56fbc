// The network that a spec asks for, and the weights it begins with.
import { isDeepStrictEqual } from 'node:util';
import { withHeadDropout } from '#engine/head-dropout';
import { initialWeights } from '#engine/initialize';
import type { Network } from '#engine/network';
import { withSavers } from '#engine/savers/saver-plan';
import { startWeights } from '#engine/start-weights';
import { withTrainedPart } from '#engine/trained-part';
import { FailureError } from '#shared/failure';
import { batchNormOf, type RunSpec } from '#shared/run-spec';
import { buildModel } from './build-model';
import type { OpenData } from './open-training-data';
import { readPretrained } from './pretrained';
import { loadModel, type ModelFacts } from './saved-model';

export function buildNetwork(spec: RunSpec, { inputShape, classes, inputScale }: OpenData): Network {
  const built = withTrainedPart(buildModel(spec.model, spec, { inputShape, classes }), spec.trains);
  return {
    ...withSavers(withHeadDropout(built, spec.dropout ?? 0), spec.savers),
    batchNorm: batchNormOf(spec),
    precision: spec.precision,
    inputScale,
  };
}

/**
 * @param startFolder of the run that the spec starts from
 * @throws FailureError bad-model where the start is missing or damaged, bad-setting where it is of another model
 */
export async function firstWeights(
  network: Network,
  { start = 'scratch', model, seed }: RunSpec,
  facts: ModelFacts,
  startFolder?: string,
): Promise<Float32Array[]> {
  if (start === 'scratch') return initialWeights(network, seed);
  if (start === 'imagenet') return startWeights(network, await readPretrained(model), seed);
  if (startFolder === undefined)
    throw new FailureError({ kind: 'bad-setting', problem: 'The run it starts from is not known. Choose another start.' });
  const { network: from, weights, metadata } = loadModel(startFolder);
  if (metadata.model !== model) {
    const problem = `The run it starts from has the model ${metadata.model}. Choose that model, or another start.`;
    throw new FailureError({ kind: 'bad-setting', problem });
  }
  if ('table' in metadata) {
    const problem =
      'A model of a table scales each column by the rows it was trained on, so another cannot start from it. Start from scratch.';
    throw new FailureError({ kind: 'bad-setting', problem });
  }
  const trained = from.weights.map(({ shape }, i) => ({ shape, values: weights[i] }));
  return startWeights(network, trained, seed, isDeepStrictEqual(metadata.labels, facts.labels), misfit(network, from));
}

/** Why weights of the same model do not fit, where they do not. */
function misfit({ inputShape, options }: Network, { inputShape: before, options: earlier }: Network): string | undefined {
  const said = (what: string, remedy: string): string => `The run it starts from has ${what}. ${remedy}, or choose another start.`;
  const { normalization = 'batch', width = 1 } = earlier ?? {};
  if (width !== (options?.width ?? 1)) return said(`the width ${width}`, 'Choose that width');
  if (normalization !== (options?.normalization ?? 'batch')) return said(`${normalization} normalization`, 'Choose that');
  const [size, channels] = [`${before[1]} × ${before[0]}`, before[2]];
  const isOtherSize = size !== `${inputShape[1]} × ${inputShape[0]}`;
  // A first layer that saw colours fits grey pictures.
  if (channels !== inputShape[2] && (inputShape[2] !== 1 || !isOtherSize))
    return said(`${channels === 1 ? 'grey' : 'colour'} pictures`, 'Import these as such');
  if (isOtherSize) return said(`pictures of ${size} pixels, and its model fits no others`, 'Bring these to that size');
  return undefined;
}
