// METHOD's row 12, hundreds of random runs, on TensorFlow, captured.
import { randomRuns } from '#test/support/random-runs';
import { loadEngine } from '#trainer/backend';

randomRuns(() => loadEngine('tensorflow-cpu'), 400);
