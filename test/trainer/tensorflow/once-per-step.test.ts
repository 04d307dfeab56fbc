// METHOD's row 4 on TensorFlow, captured.
import { describeTensorFlow } from '#test/support/tensorflow';
import { oncePerStepSuite } from '#test/support/once-per-step';

describeTensorFlow('once a step on TensorFlow', (runtime) => oncePerStepSuite(async () => runtime()));
