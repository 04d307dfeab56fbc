// Weights that ship with Overbatch, from resources/pretrained: a list in TF.js' words and the bytes. Kernels are float16 there; TF.js' own
// decoder widens them to float32, exactly.
import { dispose, io } from '@tensorflow/tfjs-core';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourceFolder } from '#datasets/resource-folder';
import type { StartWeight } from '#engine/start-weights';
import { FailureError } from '#shared/failure';
import type { ModelName } from '#shared/run-spec';

interface Described {
  sha256: string;
  weights: io.WeightsManifestEntry[];
}

/** @throws FailureError bad-model where they are missing or damaged */
export async function readPretrained(model: ModelName): Promise<StartWeight[]> {
  const { folder } = resourceFolder('pretrained', model);
  const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-model', path: folder, problem });
  const [about, data] = [join(folder, 'weights.json'), join(folder, 'weights.bin')];
  if (!existsSync(about) || !existsSync(data))
    throw bad('this copy of Overbatch came without it. Install Overbatch again, or start from scratch.');
  const { sha256, weights } = JSON.parse(readFileSync(about, 'utf8')) as Described;
  const bytes = readFileSync(data);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw bad('its weights are damaged. Install Overbatch again, or start from scratch.');
  const tensors = await io.decodeWeights(Uint8Array.from(bytes).buffer, weights);
  try {
    return await Promise.all(weights.map(async ({ name, shape }) => ({ shape, values: (await tensors[name].data()) as Float32Array })));
  } finally {
    dispose(tensors);
  }
}
