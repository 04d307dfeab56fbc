// METHOD.md's row 12 on WebAssembly; test/deep makes hundreds of runs.
import { randomRuns } from '#test/support/random-runs';
import { loadWasm } from '#trainer/wasm/load';

randomRuns(loadWasm, 20);
