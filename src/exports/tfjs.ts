// The TensorFlow.js export: model.json and weights.bin that stock tf.loadLayersModel opens, with what a reader needs beside them.
import { toLayersModel } from '#engine/layers-model';
import { carriedFiles, textFile } from './carried';
import { fileOf, type Exporter, type TakenModel } from './exporter';
import { samplesInEnglish } from './in-english';

/** Of probabilities, which are shown to a tenth of a per cent. Sums in another order make less than 1e-5; 2e-4 where logits pass 1,000. */
export const TOLERANCE = 1e-3;

export const tfjs: Exporter = {
  make: async (model) => {
    const { json, weights } = toLayersModel(model.network, model.weights, model.metadata);
    return [textFile('model.json', JSON.stringify(json)), { path: 'weights.bin', bytes: weights }, ...carriedFiles(model, usage(model))];
  },
  proof: {
    kind: 'run',
    tolerance: TOLERANCE,
    runnable: (files, programs) => ({
      ...programs,
      model: new TextDecoder().decode(fileOf(files, 'model.json')),
      weights: fileOf(files, 'weights.bin'),
    }),
  },
};

const usage = ({ metadata: { inputShape }, references }: TakenModel): string => `## How to use it

\`model.json\` and \`weights.bin\` are a layers model with stock layers only. They lie beside your page or program:

\`\`\`js
import * as tf from '@tensorflow/tfjs';

const model = await tf.loadLayersModel('model.json');
// input: a tensor of the shape [samples, ${inputShape.join(', ')}], made as "What goes in" says
const answers = model.predict(input);
\`\`\`

Its files were run with TensorFlow.js 4.22 on WebAssembly before they were given their name, and answered as the run itself does, within ${TOLERANCE}${references ? `; it was compared on ${samplesInEnglish(references)}` : ''}.`;
