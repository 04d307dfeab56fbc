// Runs taken to a cluster: the exported project, in two processes that share every mini-batch's micro-batches, has the run's own losses.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { withExportedPage } from '#test/support/exported-page';
import { packedMasks } from '#test/support/mask-runs';
import { packedPictures } from '#test/support/packed';
import { packedSample } from '#test/support/table-runs';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeRun } from '#trainer/execute-run';
import { executeExport } from '#trainer/exports/execute-export';
import { ensurePyTorch } from '../../bench/pytorch/environment.mjs';

const STEPS = 20;
/** Of each step's loss, relative. */
const TOLERANCE = 0.02;

interface Scene {
  name: string;
  data(): Promise<string> | string;
  spec: Partial<RunSpec>;
}

/** Micro-batches that do not divide a mini-batch, a short last mini-batch, and every setting of an update in one or the other. */
const SCENES: readonly Scene[] = [
  {
    name: 'a small CNN, AdamW with warm-up, cosine, clipping, class weights and label smoothing',
    data: () => packedPictures({ count: 400, width: 12, height: 12, channels: 1, classes: 5 }),
    spec: {
      model: 'small-cnn',
      batch: 64,
      micro: 10,
      optimizer: 'adamw',
      weightDecay: 0.1,
      learningRate: 0.003,
      schedule: 'cosine',
      warmupEpochs: 0.5,
      clipNorm: 0.5,
      classWeights: 'auto',
      labelSmoothing: 0.1,
    },
  },
  {
    name: 'ResNet-8 with batch normalization, momentum with an L2 penalty, steps, averaged weights, varied pictures',
    data: () => packedPictures({ count: 400, width: 16, height: 16, classes: 4 }),
    spec: {
      model: 'resnet-8',
      batch: 60,
      micro: 16,
      optimizer: 'momentum',
      l2: 0.001,
      learningRate: 0.05,
      schedule: 'step',
      stepEpochs: 1.5,
      stepFactor: 0.5,
      ema: 0.9,
      augment: { flip: 0.5, crop: 0.125, colour: 0.2 },
    },
  },
  {
    name: 'an MLP on a table of classes, focal loss, one cycle',
    data: () => packedSample('penguins'),
    spec: { model: 'mlp', batch: 48, micro: 20, loss: 'focal', learningRate: 0.005, schedule: 'one-cycle' },
  },
  {
    name: 'an MLP on a table of numbers, Huber loss, RMSprop',
    data: () => packedSample('diabetes'),
    spec: { model: 'mlp', batch: 64, micro: 64, loss: 'huber', optimizer: 'rmsprop', learningRate: 0.001, epsilon: 1e-4 },
  },
  {
    name: 'a light U-Net, cross-entropy and Dice of masks, Nesterov, turned and enlarged pictures',
    data: () => packedMasks({ count: 60 }),
    spec: {
      model: 'u-net-light',
      batch: 12,
      micro: 5,
      loss: 'bce-dice',
      optimizer: 'nesterov',
      learningRate: 0.01,
      augment: { rotate: 15, zoom: 0.3 },
    },
  },
  {
    name: 'the head of a pretrained EfficientNet-Lite0',
    data: () => packedPictures({ count: 160, width: 32, height: 32, classes: 3 }),
    spec: { model: 'efficientnet-lite0', start: 'imagenet', trains: 'head', batch: 32, micro: 9, learningRate: 0.01 },
  },
];

/** Losses of a run's updates, from its metrics.jsonl or the project's losses.jsonl. */
const lossesIn = (file: string): number[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { kind?: string; loss: number })
    .filter(({ kind = 'step' }) => kind === 'step')
    .map(({ loss }) => loss);

/** A finished run of at least STEPS updates, and the project it becomes. */
async function exported({ data, spec: given }: Scene): Promise<{ losses: number[]; project: string }> {
  const [datasetFolder, outFolder, project] = [await data(), temporaryFolder(), join(temporaryFolder(), 'project')];
  const spec: RunSpec = { ...DEFAULT_SPEC, engine: 'wasm', epochs: 6, seed: 7, ...given };
  for await (const event of executeRun({ spec, datasetFolder, outFolder }, new AbortController().signal))
    if (event.kind === 'failed') throw new Error(event.sentence);
  await executeExport({ modelFolder: outFolder, as: 'pytorch', out: project, name: 'a run', datasetFolder }, () => {});
  return { losses: lossesIn(join(outFolder, 'metrics.jsonl')).slice(0, STEPS), project };
}

withExportedPage();

let python: string;

async function trained(project: string, processes: number, ...more: string[]): Promise<number[]> {
  const out = join(temporaryFolder(), 'result');
  const how = ['-m', 'torch.distributed.run', '--standalone', '--nproc-per-node', String(processes), join(project, 'train.py')];
  const threads = Math.max(1, Math.floor(availableParallelism() / processes));
  const env = { ...process.env, OMP_NUM_THREADS: String(threads), OMP_WAIT_POLICY: 'PASSIVE' };
  await promisify(execFile)(python, [...how, '--steps', String(STEPS), '--out', out, ...more], { env, maxBuffer: 1e8 });
  return lossesIn(join(out, 'losses.jsonl'));
}

function changeSettings(project: string, change: (settings: { seed: number }) => object): void {
  const file = join(project, 'settings.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as { seed: number };
  writeFileSync(file, JSON.stringify({ ...settings, ...change(settings) }));
}

/** The largest relative difference of any step; Infinity where steps are missing. */
const furthest = (a: readonly number[], b: readonly number[]): number =>
  a.length !== b.length ? Infinity : Math.max(...a.map((loss, i) => Math.abs(loss - b[i]) / Math.abs(b[i])));

beforeAll(async () => {
  python = await ensurePyTorch();
}, 30 * 60_000);

it.each(SCENES)("$name: the run's losses in two processes, and not with other mini-batches", async (scene) => {
  const { losses, project } = await exported(scene);
  expect(losses).toHaveLength(STEPS);
  const theirs = await trained(project, 2);
  console.log(`${scene.name}: off by at most ${(100 * furthest(theirs, losses)).toPrecision(2)} %`);
  expect(furthest(theirs, losses)).toBeLessThan(TOLERANCE);

  changeSettings(project, ({ seed }) => ({ seed: seed + 1 }));
  expect(furthest(await trained(project, 2), losses), 'control: another seed').toBeGreaterThan(TOLERANCE);
});

it('a file that was cut off while it was copied is named in a sentence', async () => {
  const { project } = await exported(SCENES[0]);
  for (const name of ['data/train-inputs.npy', 'initial.npz', 'settings.json']) {
    const file = join(project, name);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length / 2));
    const said = String(await trained(project, 1).catch(({ stderr }: { stderr: string }) => stderr));
    // Behind it torchrun tells where its process ended.
    expect(said.split('\n'), name).toContain(`${file} is missing, or was cut off while it was copied. Copy the whole folder again.`);
    expect(said).not.toContain('numpy');
    writeFileSync(file, bytes);
  }
  expect(await trained(project, 1), 'control').toHaveLength(STEPS);
});

/** On the same micro-batches, in single numbers summed in another order. */
const SAME = 1e-3;

it('dropout is drawn from the seed, whatever the number of processes', async () => {
  const spec: Partial<RunSpec> = { model: 'small-cnn', dropout: 0.4, batch: 64, micro: 10 };
  const { project } = await exported({ name: '', data: () => packedPictures({ count: 256, width: 12, height: 12, channels: 1 }), spec });
  const alone = await trained(project, 1);
  expect(alone).toHaveLength(STEPS);
  expect(furthest(await trained(project, 2), alone)).toBeLessThan(SAME);
  changeSettings(project, ({ seed }) => ({ seed: seed + 1 }));
  expect(furthest(await trained(project, 2), alone), 'control: another seed').toBeGreaterThan(SAME);
});
