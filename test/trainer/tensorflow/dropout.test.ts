// Row 7 of METHOD's table on TensorFlow, captured.
import { describeTensorFlow } from '#test/support/tensorflow';
import { dropoutSuite } from '#test/support/dropout-suite';

describeTensorFlow('dropout on TensorFlow', (runtime) => dropoutSuite(async () => runtime()));
