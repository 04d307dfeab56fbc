// Row 8 on TensorFlow, whose steps are captured: a call runs whole or not at all.
import { recoverySuite } from '#test/support/recovery-suite';
import { describeTensorFlow } from '#test/support/tensorflow';

describeTensorFlow('recovery', (runtime) => recoverySuite(() => Promise.resolve(runtime())));
