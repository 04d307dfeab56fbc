// METHOD.md's row 8 in the 50th step of every kind of mini-batch.
import { recoveryScenesSuite } from '#test/support/recovery-scenes';
import { describeTensorFlow } from '#test/support/tensorflow';

describeTensorFlow('recovery', (runtime) => recoveryScenesSuite(() => Promise.resolve(runtime()), 50));
