// The network that a spec asks for, and the weights it begins with.
import { isDeepStrictEqual } from 'node:util';
import { withMark } from '#shared/language';
import { withHeadDropout } from '#engine/head-dropout';
import { initialWeights } from '#engine/initialize';
import type { Network } from '#engine/network';
import { withSavers } from '#engine/savers/saver-plan';
import { startWeights } from '#engine/start-weights';
import { withTrainedPart } from '#engine/trained-part';
import { embeddedBlocks } from '#shared/embedding';
import { FailureError } from '#shared/failure';
import type { OwnLayer } from '#shared/own-layers';
import { batchNormOf, OWN_MODEL, type ModelName, type RunSpec } from '#shared/run-spec';
import { buildModel } from './build-model';
import type { OpenData } from './open-training-data';
import { readPretrained } from './pretrained';
import type { ModelFacts, SavedModel } from './saved-model';

/** @param ownLayers of a model of a person's own @throws FailureError bad-setting where they do not fit the data */
export function buildNetwork(
  spec: RunSpec,
  { inputShape, classes, inputScale, categories = [] }: OpenData,
  ownLayers?: OwnLayer[],
): Network {
  const embedded = spec.categories === 'embedded' ? embeddedBlocks(categories) : [];
  const built = withTrainedPart(
    fitting(spec.model, () => buildModel(spec.model, { ...spec, embedded, ownLayers }, { inputShape, classes })),
    spec.trains,
  );
  return {
    ...withSavers(withHeadDropout(built, spec.dropout ?? 0), spec.savers),
    batchNorm: batchNormOf(spec),
    precision: spec.precision,
    inputScale,
  };
}

function fitting(model: ModelName, build: () => Network): Network {
  try {
    return build();
  } catch (error) {
    if (model !== OWN_MODEL || !(error instanceof RangeError)) throw error;
    const problem = `The model does not fit these pictures. ${error.message} Bring the pictures to the size it was made for.`;
    throw new FailureError({ kind: 'bad-setting', problem });
  }
}

/**
 * @param begun with, where the spec starts from a model
 * @throws FailureError bad-model where the start is missing or damaged, bad-setting where its weights do not fit
 */
export async function firstWeights(
  network: Network,
  { start = 'scratch', model, seed }: RunSpec,
  facts: ModelFacts,
  begun?: SavedModel,
): Promise<Float32Array[]> {
  if (start === 'imagenet') return startWeights(network, await readPretrained(model), seed);
  if (!begun) return initialWeights(network, seed);
  if ('table' in facts) {
    const problem = 'What it starts from sees pictures, and this data is a table. Start from scratch.';
    throw new FailureError({ kind: 'bad-setting', problem });
  }
  const { network: from, weights, metadata } = begun;
  const trained = from.weights.map(({ shape }, i) => ({ shape, values: weights[i] }));
  return startWeights(network, trained, seed, isDeepStrictEqual(metadata.labels, facts.labels), misfit(network, from));
}

/** Why weights of the same model do not fit, where they do not. */
function misfit({ inputShape, options }: Network, { inputShape: before, options: earlier }: Network): string | undefined {
  const { normalization = 'batch', width = 1 } = earlier ?? {};
  if (width !== (options?.width ?? 1)) return `What it starts from has the width ${withMark(width)}. Choose that width, or another start.`;
  if (normalization !== (options?.normalization ?? 'batch'))
    return `What it starts from has ${normalization} normalization. Choose that, or another start.`;
  const [size, channels] = [`${before[1]} × ${before[0]}`, before[2]];
  const isOtherSize = size !== `${inputShape[1]} × ${inputShape[0]}`;
  // A first layer that saw colours fits grey pictures.
  if (channels !== inputShape[2] && (inputShape[2] !== 1 || !isOtherSize))
    return channels === 1
      ? 'What it starts from has grey pictures. Import these as such, or choose another start.'
      : 'What it starts from has colour pictures. Import these as such, or choose another start.';
  if (isOtherSize)
    return `What it starts from has pictures of ${size} pixels, and its model fits no others. Bring these to that size, or choose another start.`;
  return undefined;
}
