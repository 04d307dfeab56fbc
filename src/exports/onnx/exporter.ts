// The ONNX export: one file for onnxruntime and the many programs that read the format, with what a reader needs beside it.
import { weightCount } from '#engine/network';
import { carriedFiles } from '../carried';
import { fileOf, type Exporter } from '../exporter';
import { constantBytes } from './proof';
import { OPSET, toOnnx } from './to-onnx';

const FILE = 'model.onnx';
/** Of probabilities, in float32, summed in another order; held against onnxruntime in tests. */
const TOLERANCE = 1e-4;

export const onnx: Exporter = {
  make: async (model) => [
    { path: FILE, bytes: toOnnx(model.network, model.weights, model.metadata) },
    ...carriedFiles(model, usage(model.metadata.inputShape)),
  ],
  proof: {
    kind: 'read',
    read(files, { network }) {
      const [found, least] = [constantBytes(fileOf(files, FILE)), 4 * weightCount(network)];
      if (found < least) throw new Error(`${FILE} has ${found} bytes of weights, and the model at least ${least}.`);
    },
  },
};

const usage = (inputShape: readonly number[]): string => `## How to use it

\`${FILE}\` is an ONNX model (operator set ${OPSET}). With Python and onnxruntime:

\`\`\`python
import json
import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession('${FILE}')
# input: float32 [samples, ${inputShape.join(', ')}], made as "What goes in" says
answers = session.run(None, {'input': np.asarray(input, np.float32)})[0]
labels = json.loads(session.get_modelmeta().custom_metadata_map['labels'])
\`\`\`

Any number of samples goes in at once. Such files of every model of Overbatch are opened with onnxruntime in its tests, and answer as the app
does within ${TOLERANCE}.`;
