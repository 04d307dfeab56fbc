// ONNX files of every model pass ONNX's own checker and answer in onnxruntime as our engine does.
import { join } from 'node:path';
import { toOnnx } from '#exports/onnx/to-onnx';
import { describeConsumer } from '#test/support/exports/consumer-suite';
import { ensurePython } from '../../../scripts/setup/python.mjs';

const folder = join('test', 'support', 'onnx');

describeConsumer({
  name: 'onnxruntime',
  program: join(folder, 'answer.py'),
  python: () => ensurePython('onnx', join(folder, 'requirements.txt'), 'onnxruntime for the comparison'),
  main: 'model.onnx',
  files: ({ network, weights, metadata }) => [{ path: 'model.onnx', bytes: toOnnx(network, weights, metadata) }],
});
