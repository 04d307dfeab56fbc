// Layers on TensorFlow: output and gradients are the cpu backend's, and captured they are the same bits as op by op.
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerComposedKernels } from '#engine/kernels/composed';
import { LAYER_CASES, layerValues, trialOf } from '#test/support/layer-cases';
import { describeTensorFlow } from '#test/support/tensorflow';

describeTensorFlow('layers', (runtime) => {
  beforeAll(() => {
    if (!tf.getKernel('OverbatchRelu6Grad', 'cpu')) registerComposedKernels('cpu');
    tf.env().set('PROD', true); // The cpu backend would print an advertisement.
  });

  describe.each(LAYER_CASES)('$name', (layerCase) => {
    it.each([1, 4])('of %i samples', async (n) => {
      const { shapes, fn, outputShape } = trialOf(layerCase, n);
      const on = async (backend: string, run: (inputs: tf.Tensor[]) => tf.Tensor[]): Promise<Float32Array[]> => {
        await tf.setBackend(backend);
        const inputs = shapes.map((shape, i) => tf.tensor(layerValues(shape, i), shape));
        const outputs = run(inputs);
        expect(outputs[0].shape).toEqual(outputShape);
        const values = outputs.map((t) => Float32Array.from(t.dataSync()));
        tf.dispose([inputs, outputs]);
        return values;
      };
      const direct = (inputs: tf.Tensor[]): tf.Tensor[] => tf.tidy(() => fn(inputs));
      const expected = await on('cpu', direct);
      const opByOp = await on('tensorflow', direct);
      const specs = shapes.map((shape) => ({ shape, dtype: 'float32' as const }));
      const compiled = runtime().compile('layer', fn, specs);
      const captured = await on('tensorflow', (inputs) => compiled.call(inputs));
      compiled.dispose();

      expect(captured).toEqual(opByOp);
      for (const [k, reference] of expected.entries()) {
        const scale = Math.max(...reference.map(Math.abs));
        expect(scale).toBeGreaterThan(0);
        const worst = reference.reduce((most, value, i) => Math.max(most, Math.abs(opByOp[k][i] - value) / scale), 0);
        expect(worst, `output or gradient ${k}`).toBeLessThan(2e-6);
      }
    });
  });
});
