// Memory savers on TensorFlow, captured. That recomputation is neither merged with the first forward pass nor run early shows in the bytes.
import { expect, it } from 'vitest';
import { withSavers } from '#engine/savers/saver-plan';
import { SAVER_NAMES } from '#shared/run-spec';
import { feedForwardNet, readStep, residualNet } from '#test/support/saver-readings';
import { saversSuite } from '#test/support/savers';
import { describeTensorFlow } from '#test/support/tensorflow';
import { hasAvx512 } from '#trainer/tensorflow/processor';
import { callDirectly } from '#trainer/direct-call';

describeTensorFlow('memory savers on TensorFlow', (runtime) => {
  saversSuite(() => Promise.resolve(runtime()), {
    residual: { recompute: 0.46, 'light-layers': 0.9, 'int8-activations': hasAvx512() ? 0.45 : 0.5, all: 0.42 },
    feedForward: { recompute: 0.32, 'light-layers': 0.67, 'int8-activations': 0.48, all: 0.31 },
    // Without AVX-512 oneDNN takes other scratch memory (measured: 0.456 of the residual net above), and most of such a net is held where its input is not: it costs nothing.
    narrowInput: hasAvx512() ? 0.8 : -0.01,
  });

  it.each([[], ...SAVER_NAMES.map((name) => [name]), SAVER_NAMES])('captured as op by op, bit for bit: %s', async (...names) => {
    for (const make of [() => residualNet(12, 2), () => feedForwardNet(6, 2)]) {
      const direct = { ...runtime(), compile: (name: string, fn: Parameters<typeof callDirectly>[1]) => callDirectly(name, fn) };
      const captured = await readStep(runtime(), withSavers(make(), names), [6, 6]);
      const opByOp = await readStep(direct, withSavers(make(), names), [6, 6]);
      expect(captured.carry).toEqual(opByOp.carry);
    }
  });
});
