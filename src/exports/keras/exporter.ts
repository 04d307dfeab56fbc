// The Keras export: a .keras file for TensorFlow and Keras 3, with what a reader needs beside it.
import { unzipSync } from 'fflate';
import { weightCount } from '#engine/network';
import { carriedFiles } from '../carried';
import { fileOf, type Exporter } from '../exporter';
import { toKeras } from './to-keras';

const FILE = 'model.keras';
/** Of probabilities, in float32, summed in another order; held against TensorFlow in tests. */
const TOLERANCE = 1e-4;

export const keras: Exporter = {
  make: async (model) => {
    const savedAt = model.receipt?.finishedAt ?? new Date().toISOString();
    return [
      { path: FILE, bytes: toKeras(model.network, model.weights, model.metadata, savedAt) },
      ...carriedFiles(model, usage(model.metadata.inputShape)),
    ];
  },
  proof: {
    kind: 'read',
    read(files, { network }) {
      const { 'config.json': config, 'model.weights.h5': weights } = unzipSync(fileOf(files, FILE));
      JSON.parse(new TextDecoder().decode(config));
      const least = 4 * weightCount(network);
      if (weights.length < least) throw new Error(`${FILE} has ${weights.length} bytes of weights, and the model at least ${least}.`);
    },
  },
};

const usage = (inputShape: readonly number[]): string => `## How to use it

\`${FILE}\` is a model with stock layers only. With Python and TensorFlow 2.16 or newer, or Keras 3 on PyTorch or JAX:

\`\`\`python
import keras

model = keras.models.load_model('${FILE}')
# input: float32 [samples, ${inputShape.join(', ')}], made as "What goes in" says
answers = model.predict(input)
\`\`\`

It can be trained further like any model of Keras: call \`model.compile\` first. Such files of every model of Overbatch are opened with TensorFlow
in its tests, and answer as the app does within ${TOLERANCE}.`;
