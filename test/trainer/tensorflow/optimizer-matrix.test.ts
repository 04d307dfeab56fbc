// METHOD's row 1 on TensorFlow, captured; test/deep goes on to fifty steps.
import { describeTensorFlow } from '#test/support/tensorflow';
import { optimizerMatrix } from '#test/support/optimizer-matrix';

describeTensorFlow('optimizers on TensorFlow', (runtime) => optimizerMatrix(async () => runtime(), 6));
