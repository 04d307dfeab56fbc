// What an update holds on the way, counted by an engine that runs it op by op: beside what it takes and gives, three tensors like the weight.
import { dispose, fill, scalar } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createOptimizer } from '#engine/optimizers';
import { updateSpecs, weightUpdate } from '#engine/update';
import { OPTIMIZER_NAMES } from '#shared/run-spec';
import { loadWasm } from '#trainer/wasm/load';

const SPEC = { name: 'kernel', shape: [250, 400], initializer: { kind: 'zeros' }, trainable: true, decays: true } as const;
const BYTES = 4 * 250 * 400;

it.each(OPTIMIZER_NAMES)('%s', async (name) => {
  const { compile, meter } = await loadWasm();
  const optimizer = createOptimizer(name);
  const spec = { ...SPEC, shape: [...SPEC.shape] };
  const inputs = updateSpecs(optimizer, [spec]).map(({ shape }) => (shape.length === 0 ? scalar(0.1) : fill(shape, 0.5)));
  meter.resetPeak();
  const before = meter.inUseBytes();
  const outputs = compile('update', weightUpdate(optimizer, [spec]), updateSpecs(optimizer, [spec])).call(inputs);
  const most = (meter.peakBytes() - before) / BYTES;
  dispose([inputs, outputs]);
  // The divided gradient, the weight AdamW has made smaller, what it gives, and what is only needed on the way.
  expect(most).toBeLessThan(1 + (name === 'adamw' ? 1 : 0) + optimizer.slots.length + 3.1);
});
