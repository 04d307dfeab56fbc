// Rows 2 and 7 of METHOD's table on TensorFlow, captured, with real reading threads.
import { describeTensorFlow } from '#test/support/tensorflow';
import { samplesSuite } from '#test/support/samples-suite';

describeTensorFlow('samples on TensorFlow', (runtime) => samplesSuite(async () => runtime()));
