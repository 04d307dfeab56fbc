// A run of little work has its engine compute with one thread, its batch no larger than its data.
import { expect, it } from 'vitest';
import { defaultSpec } from '#shared/default-spec';
import type { RunSpec } from '#shared/run-spec';
import { engineIsInstalled } from '#test/support/tensorflow';
import { buildNetwork } from '#trainer/build-network';
import type { OpenData } from '#trainer/open-training-data';
import { loadEngineOf } from '#trainer/run-engine';

const pictures = { inputShape: [8, 8, 1], classes: 10, train: new Int32Array(100) } as unknown as OpenData;
const spec: RunSpec = { ...defaultSpec('pictures'), engine: 'tensorflow-cpu', model: 'mlp', batch: 4096, micro: 'auto' };

it.skipIf(!engineIsInstalled())('an MLP on digits', async () => {
  delete process.env.TF_NUM_INTRAOP_THREADS;
  await loadEngineOf(spec, pictures, buildNetwork(spec, pictures));
  expect(process.env.TF_NUM_INTRAOP_THREADS).toBe('1');
});
