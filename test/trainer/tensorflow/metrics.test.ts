// Metrics on TensorFlow, captured; and counted exactly where 32 bits are not enough.
import { fill, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { evaluate } from '#engine/evaluate';
import { conv2d } from '#engine/layers/conv-2d';
import { NetworkBuilder } from '#engine/network';
import { softmaxCrossEntropy } from '#engine/objectives/losses/softmax-cross-entropy';
import { accuracy } from '#engine/objectives/metrics/accuracy';
import { metricSuite } from '#test/support/metrics';
import { describeTensorFlow } from '#test/support/tensorflow';
import { plainSgd, withBench } from '#test/support/tiny';

const SIDE = 1024;
const PICTURES = 17;
const IGNORED = 255;

describeTensorFlow('metrics on TensorFlow', (runtime) => {
  metricSuite(async () => runtime());

  it('pixels are counted exactly beyond 2²⁴', async () => {
    const net = new NetworkBuilder([SIDE, SIDE, 1]);
    net.add(conv2d({ filters: 2, kernelSize: 1 }), net.input);
    const metrics = [accuracy({ ignore: IGNORED })];
    const objective = { loss: softmaxCrossEntropy({ ignore: IGNORED }), stepMetrics: metrics, evaluationMetrics: metrics };
    // One pixel of each picture is ignored, so that the sum is odd: above 2²⁴ a float32 has no odd numbers.
    const mask = new Int32Array(SIDE * SIDE);
    mask[0] = IGNORED;
    const read = (): Tensor[] => [fill([1, SIDE, SIDE, 1], 1), tensor(mask.slice(), [1, SIDE, SIDE], 'int32'), fill([1], 1)];
    const pieces = Array.from({ length: PICTURES }, () => 1);
    const totals = await withBench(
      runtime(),
      net.build(),
      plainSgd(),
      (bench) => evaluate(bench, pieces, read, () => Promise.resolve()),
      objective,
    );
    const counted = PICTURES * (SIDE * SIDE - 1);
    expect(totals.counts[1]).toBe(counted);
    expect(totals.weightSum).toBe(counted);
    // Control: as one float32 it would be another number.
    let carried = 0;
    for (let i = 0; i < PICTURES; i++) carried = Math.fround(carried + SIDE * SIDE - 1);
    expect(carried).not.toBe(counted);
  });
});
