// The budget is kept by refusing a call before it runs.
import { tensor1d } from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { BudgetMeter } from '#engine/meter';
import type { FailureError } from '#shared/failure';
import { directRuntime } from '#test/support/direct-runtime';

it('refuses a call known to pass the budget before it runs, and admits it again when there is room', async () => {
  const runtime = await directRuntime();
  const meter = new BudgetMeter(runtime.meter);
  let ran = 0;
  const double = runtime.compile(
    'double',
    ([x]) => {
      ran++;
      return [x.add(x)];
    },
    [{ shape: [1000], dtype: 'float32' }],
  );
  const x = tensor1d(new Float32Array(1000));
  meter.call(double, [x], 1)[0].dispose();
  expect(meter.peakBytes).toBe(8000);
  // Since it was asked last: the call, then only what stays; the highest of all is not forgotten by that.
  expect([meter.takePeakBytes(), meter.takePeakBytes(), meter.peakBytes]).toEqual([8000, 4000, 8000]);

  meter.limitBytes = 7999;
  const refused = (): unknown => {
    try {
      return meter.call(double, [x], 5);
    } catch (error) {
      return error;
    }
  };
  const failure = refused();
  expect(ran).toBe(1);
  expect((failure as FailureError).failure).toEqual({ kind: 'out-of-memory', neededBytes: 8000, availableBytes: 7999, micro: 5 });

  meter.limitBytes = 8000;
  meter.call(double, [x], 5)[0].dispose();
  expect(ran).toBe(2);
  x.dispose();
  expect(meter.inUseBytes).toBe(0);
});
