// GELU and layer normalization on TensorFlow.
import { describeTensorFlow } from '#test/support/tensorflow';
import { transformerKernelSuite } from '#test/support/transformer-kernels';

describeTensorFlow('GELU and layer normalization on TensorFlow', (runtime) => transformerKernelSuite(() => Promise.resolve(runtime())));
