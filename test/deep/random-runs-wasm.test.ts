// METHOD's row 12, hundreds of random runs, on WebAssembly.
import { randomRuns } from '#test/support/random-runs';
import { loadEngine } from '#trainer/backend';

randomRuns(() => loadEngine('wasm'), 400);
