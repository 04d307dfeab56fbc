// Memory savers on TensorFlow, captured. That recomputation is neither merged with the first forward pass nor run early shows in the bytes.
import { saversSuite } from '#test/support/savers';
import { describeTensorFlow } from '#test/support/tensorflow';

describeTensorFlow('memory savers on TensorFlow', (runtime) =>
  saversSuite(() => Promise.resolve(runtime()), {
    residual: { recompute: 0.46, 'light-layers': 0.9, 'int8-activations': 0.45, all: 0.38 },
    feedForward: { recompute: 0.32, 'light-layers': 0.67, 'int8-activations': 0.48, all: 0.31 },
  }),
);
