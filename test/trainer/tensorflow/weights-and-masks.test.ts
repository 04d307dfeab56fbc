// Row 3 of METHOD's table on TensorFlow, captured.
import { describeTensorFlow } from '#test/support/tensorflow';
import { weightsAndMasksSuite } from '#test/support/weights-and-masks';

describeTensorFlow('weights and masks on TensorFlow', (runtime) => weightsAndMasksSuite(async () => runtime()));
