// METHOD's row 12 on TensorFlow, captured; test/deep makes hundreds of runs.
import { describeTensorFlow } from '#test/support/tensorflow';
import { randomRuns } from '#test/support/random-runs';

describeTensorFlow('random runs on TensorFlow', (runtime) => randomRuns(async () => runtime(), 12));
