// Metrics on TensorFlow, captured.
import { metricSuite } from '#test/support/metrics';
import { describeTensorFlow } from '#test/support/tensorflow';

describeTensorFlow('metrics on TensorFlow', (runtime) => metricSuite(async () => runtime()));
