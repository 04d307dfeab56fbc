// The network that a run's settings, or those of a saved model, name for their data.
import { CATALOGUE } from '#engine/models/catalogue';
import type { Network } from '#engine/network';
import type { BuiltWith } from '#shared/model-settings';
import type { ModelName } from '#shared/run-spec';

interface Data {
  inputShape: readonly number[];
  /** Outputs: classes, or 1 for a number. */
  classes: number;
}

export function buildModel(
  model: ModelName,
  { normalization, width, embedded, ownLayers }: BuiltWith,
  { inputShape, classes }: Data,
): Network {
  const options: BuiltWith = {
    ...(normalization && { normalization }),
    ...(width !== undefined && { width }),
    ...(embedded?.length && { embedded }),
    ...(ownLayers && { ownLayers }),
  };
  const network = CATALOGUE[model].build(inputShape, classes, options);
  return Object.keys(options).length > 0 ? { ...network, options } : network;
}
