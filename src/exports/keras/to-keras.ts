// A trained network as a .keras file, which Keras 3 opens by keras.models.load_model: an archive of its layers, where it comes from, and its
// weights as HDF5. Layers that Keras lacks are the same stock ones as in the TF.js format.
import { zipSync } from 'fflate';
import { activationOf, fileLayers, INPUT, type FileLayer, type ModelMetadata } from '#engine/layers-model';
import type { Network } from '#engine/network';
import { encodeHdf5, type Hdf5Array, type Hdf5Group } from './hdf5';
import { kerasOrder, snakeCase } from './layer-order';

/** Classes of ours that Keras has and TF.js has not. */
const KNOWN_TO_KERAS = ['GroupNormalization'];
/** The version whose format this is; later ones read it. */
const KERAS_VERSION = '3.15.1';

const kerasLayer = (className: string, name: string, config: object, inputs: readonly string[]): object => ({
  module: 'keras.layers',
  class_name: className,
  config,
  registered_name: null,
  name,
  inbound_nodes: inputs.length > 0 ? [inputs.map((from) => [from, 0, 0, {}])] : [],
});

function configOf(name: string, inputShape: readonly number[], layers: readonly FileLayer[]): object {
  const input = { name: INPUT, batch_shape: [null, ...inputShape], dtype: 'float32' };
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    registered_name: 'Functional',
    config: {
      name,
      trainable: true,
      layers: [
        kerasLayer('InputLayer', INPUT, input, []),
        ...layers.map((layer) => kerasLayer(layer.className, layer.name, layer.config, layer.inputs)),
      ],
      input_layers: [INPUT, 0, 0],
      output_layers: [layers[layers.length - 1].name, 0, 0],
    },
  };
}

/** layers/CLASS_N/vars/PLACE */
function weightsOf(layers: readonly FileLayer[], values: readonly Float32Array[]): Hdf5Group {
  let next = 0;
  const arrays = new Map<FileLayer, Hdf5Array[]>();
  for (const layer of layers) {
    arrays.set(
      layer,
      layer.weights.map(({ shape }) => ({ shape, values: values[next++] })),
    );
  }
  const groups: Hdf5Group = {};
  const counts = new Map<string, number>();
  for (const layer of kerasOrder(layers)) {
    const name = snakeCase(layer.className);
    const before = counts.get(name) ?? 0;
    counts.set(name, before + 1);
    const own = arrays.get(layer)!;
    if (own.length === 0) continue;
    groups[before === 0 ? name : `${name}_${before}`] = { vars: Object.fromEntries(own.map((array, place) => [place, array])) };
  }
  return { layers: groups, vars: {} };
}

/**
 * Takes pictures of 0 to 1, or rows as the metadata say, and answers probabilities or a value.
 * @param savedAt when the model was finished
 */
export function toKeras(network: Network, weights: readonly Float32Array[], metadata: ModelMetadata, savedAt: string): Uint8Array {
  const layers = fileLayers(network, activationOf(metadata), KNOWN_TO_KERAS);
  const json = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  return zipSync(
    {
      'metadata.json': json({ keras_version: KERAS_VERSION, date_saved: savedAt }),
      'config.json': json(configOf(metadata.model, network.inputShape, layers)),
      'model.weights.h5': encodeHdf5(weightsOf(layers, weights)),
    },
    // Weights do not become smaller by it; and Keras reads them in place.
    { level: 0 },
  );
}
