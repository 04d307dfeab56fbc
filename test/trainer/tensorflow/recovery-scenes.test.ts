// Row 8 on TensorFlow, on every kind of mini-batch.
import { recoveryScenesSuite } from '#test/support/recovery-scenes';
import { describeTensorFlow } from '#test/support/tensorflow';

describeTensorFlow('recovery', (runtime) => recoveryScenesSuite(() => Promise.resolve(runtime())));
