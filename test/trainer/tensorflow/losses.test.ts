// Losses on TensorFlow, captured.
import { describeTensorFlow } from '#test/support/tensorflow';
import { lossSuite } from '#test/support/losses';

describeTensorFlow('losses on TensorFlow', (runtime) => lossSuite(async () => runtime()));
