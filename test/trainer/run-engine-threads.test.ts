// A run of more work has its engine compute with all threads; one engine a process, so beside run-engine.test.ts.
import { expect, it } from 'vitest';
import { defaultSpec } from '#shared/default-spec';
import type { RunSpec } from '#shared/run-spec';
import { engineIsInstalled } from '#test/support/tensorflow';
import { buildNetwork } from '#trainer/build-network';
import type { OpenData } from '#trainer/open-training-data';
import { loadEngineOf } from '#trainer/run-engine';

const pictures = { inputShape: [8, 8, 1], classes: 10, train: new Int32Array(100) } as unknown as OpenData;
const spec: RunSpec = { ...defaultSpec('pictures'), engine: 'tensorflow-cpu', model: 'resnet-8', batch: 64, micro: 'auto' };

it.skipIf(!engineIsInstalled())('a ResNet-8 on digits', async () => {
  delete process.env.TF_NUM_INTRAOP_THREADS;
  await loadEngineOf(spec, pictures, buildNetwork(spec, pictures));
  expect(process.env.TF_NUM_INTRAOP_THREADS).toBeUndefined();
});
