// npm run bench -- input: the share of a step that a run spends waiting for its pictures. 5,000 generated pictures of 160 px, cut out,
// mirrored and brought to 96 px for ResNet-18 while it learns; with as many reading threads as are usual, and with none.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { listsFrom } from '#engine/course';
import { initialWeights } from '#engine/initialize';
import { createLearner, disposeLearner } from '#engine/learner';
import { trainMiniBatch, type PieceReader } from '#engine/mbp';
import { BudgetMeter } from '#engine/meter';
import { CATALOGUE } from '#engine/models/catalogue';
import { createOptimizer } from '#engine/optimizers';
import { trainingReader } from '#engine/piece-readers';
import { equalPieces } from '#engine/pieces';
import { Programs } from '#engine/programs';
import { randomStream } from '#engine/random';
import type { Runtime } from '#engine/runtime';
import type { PictureManifest } from '#shared/dataset';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { loadEngine } from '#trainer/backend';
import { openTrainingData } from '#trainer/open-training-data';
import { machineSentence } from './machine';

const [SIDE, CLASSES] = [160, 10];

/** A packed data set of generated pictures whose label shows in their brightness. */
async function writePictures(folder: string, count: number): Promise<void> {
  const bytes = SIDE * SIDE * 3;
  const stream = createWriteStream(join(folder, 'samples.bin'));
  const hash = createHash('sha256');
  for (let i = 0; i < count; i++) {
    const random = randomStream(i);
    const picture = Buffer.allocUnsafe(bytes);
    for (let k = 0; k < bytes; k++) picture[k] = 120 * random() + 13 * (i % CLASSES);
    hash.update(picture);
    if (!stream.write(picture)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
  const manifest: PictureManifest = {
    format: 1,
    kind: 'image-classes',
    name: 'generated',
    contentHash: hash.digest('hex'),
    labels: Array.from({ length: CLASSES }, (_, i) => String(i)),
    width: SIDE,
    height: SIDE,
    channels: 3,
    count,
    ownSplit: false,
    samples: Array.from({ length: count }, (_, i) => ({ file: `${i}.png`, label: i % CLASSES, split: 'none' })),
    leftOut: [],
    createdAt: new Date().toISOString(),
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

interface Steps {
  steps: number;
  micro: number;
}

/** Trains the first steps of a run; one line of what they took. */
async function measure(runtime: Runtime, folder: string, spec: RunSpec, { steps, micro }: Steps): Promise<string> {
  const data = await openTrainingData(folder, spec, 8e9);
  const network = CATALOGUE[spec.model].build(data.inputShape, data.classes);
  const learner = createLearner(network, createOptimizer('momentum'), initialWeights(network, 1));
  const bench = { learner, programs: new Programs(runtime, network, learner.optimizer), meter: new BudgetMeter(runtime.meter) };
  try {
    const course = { ...spec, train: data.train, validation: data.validation };
    data.expect!(listsFrom(course, 0));
    const taken: { step: number; stall: number; handing: number }[] = [];
    for (const list of listsFrom(course, 0)) {
      const reader = trainingReader(network, data, list, spec.seed);
      let handing = 0;
      const timed: PieceReader = (start, size) => {
        const begin = performance.now();
        const tensors = reader(start, size);
        handing += performance.now() - begin;
        return tensors;
      };
      const [begin, stalled] = [performance.now(), data.stalledMs()];
      await trainMiniBatch(bench, equalPieces(list.indices.length, micro), 0.01, timed);
      taken.push({ step: performance.now() - begin, stall: data.stalledMs() - stalled, handing });
      await new Promise((resolve) => setImmediate(resolve));
      if (taken.length > steps) break;
    }
    taken.shift(); // The first step compiles.
    const all = (key: 'step' | 'stall' | 'handing'): number => taken.reduce((sum, t) => sum + t[key], 0);
    const rate = (1000 * taken.length * spec.batch) / all('step');
    const shares = `waiting ${percent(all('stall') / all('step'))} of all steps (median step ${percent(median(taken.map((t) => t.stall / t.step)))})`;
    return `${shares}, with the copy to the engine ${percent(all('handing') / all('step'))}; ${rate.toFixed(1)} samples/s; ${taken.length} steps`;
  } finally {
    disposeLearner(learner);
    bench.programs.dispose();
    await data.close();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: {
      steps: { type: 'string', default: '15' },
      pictures: { type: 'string', default: '5000' },
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'overbatch-bench-'));
  const spec: RunSpec = { ...DEFAULT_SPEC, model: 'resnet-18', batch: 128, epochs: 100, inputSize: 96, augment: { zoom: 0.5, flip: 0.5 } };
  try {
    console.log(`\n## ${new Date().toISOString().slice(0, 10)}: ${machineSentence()}\n`);
    console.log(`Input of ResNet-18 at 96 px, ${values.pictures} pictures of ${SIDE} px, N_B ${spec.batch}, N_μ 32, zoom and flip\n`);
    await writePictures(folder, Number(values.pictures));
    const runtime = await loadEngine('tensorflow-cpu');
    for (const workers of [undefined, 0]) {
      const line = await measure(runtime, folder, { ...spec, workers }, { steps: Number(values.steps), micro: 32 });
      console.log(`- ${workers === undefined ? 'usual threads' : 'no threads'}: ${line}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
