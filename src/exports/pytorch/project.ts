// A run as a Python project for a cluster: PyTorch, started by torchrun in as many processes as there are processors or graphics cards.
import { unzipSync } from 'fflate';
import { FailureError } from '#shared/failure';
import { carriedFiles, textFile } from '../carried';
import { fileOf, type Exporter, type ExportFile, type RunAgain, type TakenModel } from '../exporter';
import { dataFiles } from './data-files';
import { modelCode } from './model-code';
import { LICENCE, PROGRAMS } from './project-files';
import { differences, settingsOf, whyNot } from './settings';
import { stateOf, toNpz } from './state';

const INITIAL = 'initial.npz';
const TRAINED = 'trained.npz';
/** How far its losses may be from the run's own, step by step, in tests of 20 steps on two processes. */
const LOSS_TOLERANCE = '2 %';

export const pytorch: Exporter = {
  make: async (model, _, again) => projectFiles(model, await again()),
  proof: {
    kind: 'read',
    read(files, { network, weights }) {
      const found = unzipSync(fileOf(files, TRAINED));
      const expected = stateOf(network, weights);
      for (const { name, values } of expected)
        if (!(found[`${name}.npy`]?.length > values.byteLength)) throw new Error(`${TRAINED} lacks ${name}.`);
    },
  },
};

/** @throws FailureError bad-setting for what PyTorch cannot repeat */
function projectFiles(model: TakenModel, run: RunAgain): ExportFile[] {
  const { metadata, weights } = model;
  const problem = whyNot(run);
  if (problem) throw new FailureError({ kind: 'bad-setting', problem });
  const { network, initial, data } = run;
  return [
    ...Object.entries(PROGRAMS).map(([path, text]) => textFile(path, text)),
    textFile('model.py', modelCode(network, `The network of the run: ${metadata.model}. Written by Overbatch, one line a layer.`)),
    textFile('settings.json', `${JSON.stringify(settingsOf(run, metadata.output), null, 2)}\n`),
    { path: INITIAL, bytes: toNpz(stateOf(network, initial)) },
    { path: TRAINED, bytes: toNpz(stateOf(network, weights)) },
    ...dataFiles(data, metadata.output),
    textFile('LICENSE', LICENCE),
    ...carriedFiles(model, usage(data, differences(run)), 'the training and validation samples themselves, in `data/`'),
  ];
}

const usage = ({ train, validation }: RunAgain['data'], sentences: readonly string[]): string => `## How to train it on a cluster

It needs Python 3.10 or newer. In this folder:

\`\`\`
python -m pip install -r requirements.txt
torchrun --nproc-per-node 4 train.py          # one computer, 4 processes: one for each graphics card, or for a few processor cores
torchrun --nnodes 2 --nproc-per-node 8 --rdzv-backend c10d --rdzv-endpoint HOST:29500 train.py     # on each of two computers
\`\`\`

It trains the same network from the same first weights (\`initial.npz\`) with the same mini-batches in the same order. Each mini-batch is
cut into the run's micro-batches; the processes share them, gradients of loss sums are added up and divided once by the weight of the whole
mini-batch. So the number of processes changes the time and, but for rounding, not the result. \`--micro N\` lets each process hold more samples
at once, which fills a large graphics card; \`--steps N\` and \`--epochs N\` end earlier or later. \`result/\` gets \`losses.jsonl\`, a line an update,
and \`weights.npz\`. A run that was interrupted begins anew.

\`data/\` holds the ${train.length} training and ${validation.length} validation samples themselves, for anyone to read: give the folder only to whom you would give the data.
A test part of the data is not in it.

In tests the losses of 20 updates on two processes are within ${LOSS_TOLERANCE} of Overbatch's own.

| file | what it is |
|---|---|
| \`train.py\` | the loop: epochs, mini-batches, micro-batches |
| \`model.py\` | the network, one line a layer |
| \`update.py\` | learning rate, optimizer, penalties, clipping, averaged weights |
| \`losses.py\`, \`batch_norm.py\` | the loss; batch normalization |
| \`course.py\`, \`samples.py\`, \`augment.py\` | the order of the samples, their reading, how pictures are varied |
| \`whole.py\` | what is said where a file was cut off |
| \`settings.json\` | all settings of the run; \`settings.py\` says what each is |
| \`data/\` | training and validation samples as the run saw them, in NumPy's format |
| \`initial.npz\`, \`trained.npz\` | the first weights, and those that the run ended with |
| \`LICENSE\` | the terms of these programs (Apache 2.0) |
${sentences.length > 0 ? `\n## What differs from the run\n\n${sentences.map((sentence) => `- ${sentence}`).join('\n')}\n` : ''}
## The trained model in PyTorch

\`\`\`python
from pathlib import Path
from model import Network
from samples import read_state

network = Network()
network.load_state_dict(read_state(Path('trained.npz')))
network.eval()
# input: a tensor [samples, channels, height, width], or rows, made as "What goes in" says but with the channels first
answers = network(input).softmax(1)           # of a number: network(input), without softmax
\`\`\``;
