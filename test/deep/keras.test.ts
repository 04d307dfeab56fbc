// .keras files of every model answer in the Keras of TensorFlow as our engine does.
import { join } from 'node:path';
import { toKeras } from '#exports/keras/to-keras';
import { describeConsumer } from '#test/support/exports/consumer-suite';
import { ensurePython } from '../../scripts/setup/python.mjs';

const folder = join('test', 'support', 'keras');
const SAVED_AT = '2026-11-30T00:00:00.000Z';

describeConsumer({
  name: 'Keras',
  program: join(folder, 'answer.py'),
  python: () => ensurePython('keras', join(folder, 'requirements.txt'), 'TensorFlow for the comparison'),
  main: 'model.keras',
  files: ({ network, weights, metadata }) => [{ path: 'model.keras', bytes: toKeras(network, weights, metadata, SAVED_AT) }],
});
