// The network of an exported project, as PyTorch code with its weights, answers as our engine does: of every model.
import { join } from 'node:path';
import { textFile } from '#exports/carried';
import { modelCode } from '#exports/pytorch/model-code';
import { PROGRAMS } from '#exports/pytorch/project-files';
import { stateOf, toNpz } from '#exports/pytorch/state';
import { describeConsumer } from '#test/support/exports/consumer-suite';
import { ensurePyTorch } from '../../bench/pytorch/environment.mjs';

describeConsumer({
  name: 'PyTorch',
  program: join('test', 'support', 'pytorch', 'answer.py'),
  python: () => ensurePyTorch(),
  main: 'trained.npz',
  files: ({ network, weights, name }) => [
    ...Object.entries(PROGRAMS).map(([path, text]) => textFile(path, text)),
    textFile('model.py', modelCode(network, name)),
    { path: 'trained.npz', bytes: toNpz(stateOf(network, weights)) },
  ],
});
