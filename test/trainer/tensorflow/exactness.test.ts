// METHOD's table on TensorFlow, captured.
import { describeTensorFlow } from '#test/support/tensorflow';
import { exactnessSuite } from '#test/support/exactness';

describeTensorFlow('exactness on TensorFlow', (runtime) => exactnessSuite(async () => runtime()));
