// METHOD.md's row 12 on WebAssembly; test/deep makes hundreds of runs.
import { randomRuns } from '#test/support/random-runs';
import { sharedWasm } from '#test/support/wasm';

randomRuns(sharedWasm, 20);
