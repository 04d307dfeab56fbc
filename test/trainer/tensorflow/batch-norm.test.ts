// BatchNorm's three modes on TensorFlow, every stage captured.
import { batchNormSuite } from '#test/support/batch-norm';
import { describeTensorFlow } from '#test/support/tensorflow';

describeTensorFlow('BatchNorm on TensorFlow', (runtime) => batchNormSuite(async () => runtime()));
