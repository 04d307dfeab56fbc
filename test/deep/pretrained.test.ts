// EfficientNet-Lite0 beside the package its weights come from, which nobody here wrote: the published weights in our network say what they say
// in theirs, and how far float16 moves that.
import { dispose, tensor } from '@tensorflow/tfjs-core';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { splitWeights } from '#engine/layers-model';
import { efficientNetLite0 } from '#engine/models/efficientnet-lite0';
import { prediction } from '#engine/predict';
import { sampleSpecs, weightSpecs } from '#engine/step';
import { startWeights } from '#engine/start-weights';
import { relativeL2 } from '#test/support/distance';
import { pixels } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { loadEngine } from '#trainer/backend';
import { readPretrained } from '#trainer/pretrained';
import { ensurePyTorch } from '../../bench/pytorch/environment.mjs';

const COUNT = 6;
/** Relative L2 of the logits with the float32 weights; measured 6.9e-7 at 224 pixels and 8.3e-7 at 160. */
const SAME = 1e-5;
/** With the float16 kernels that ship; measured 0.0032 at both. */
const ROUNDED = 0.01;

async function theirs(size: number, pictures: Buffer, symmetric: boolean) {
  const folder = temporaryFolder();
  const job = { size, count: COUNT, pictures: join(folder, 'pictures'), folder, symmetric };
  writeFileSync(job.pictures, pictures);
  const { status, stderr } = spawnSync(await ensurePyTorch(), ['bench/pytorch/pretrained.py'], {
    input: JSON.stringify(job),
    encoding: 'utf8',
    env: { ...process.env, OMP_WAIT_POLICY: 'PASSIVE' },
  });
  if (status !== 0) throw new Error(stderr);
  const logits = readFileSync(join(folder, 'logits'));
  return { weights: readFileSync(join(folder, 'weights')), logits: new Float32Array(Uint8Array.from(logits).buffer) };
}

it.each([224, 160])('at %i pixels', async (size) => {
  const network = efficientNetLite0([size, size, 3], 1000);
  const runtime = await loadEngine('tensorflow-cpu');
  const specs = [sampleSpecs(network, COUNT)[0], ...weightSpecs(network)];
  const pictures = Buffer.concat(Array.from({ length: COUNT }, (_, seed) => pixels(size, size, 3, seed)));
  const ours = async (weights: Float32Array[]): Promise<Float32Array> => {
    const compiled = runtime.compile('logits', prediction(network, 'values'), specs);
    const inputs = [Float32Array.from(pictures), ...weights].map((values, i) => tensor(values, specs[i].shape, 'float32'));
    const [logits] = compiled.call(inputs);
    const values = (await logits.data()) as Float32Array;
    dispose([logits, ...inputs]);
    compiled.dispose();
    return values;
  };
  const [asTheyPad, symmetric] = [await theirs(size, pictures, false), await theirs(size, pictures, true)];
  const [published, shipped] = [
    splitWeights(network, asTheyPad.weights)!,
    startWeights(network, await readPretrained('efficientnet-lite0'), 1, true),
  ];
  const logits = await ours(published);
  expect(relativeL2([logits], [asTheyPad.logits])).toBeLessThan(SAME);
  expect(relativeL2([await ours(shipped)], [asTheyPad.logits])).toBeLessThan(ROUNDED);
  expect(relativeL2([logits], [symmetric.logits]), 'control: PyTorch’s own padding').toBeGreaterThan(10 * ROUNDED);
});
