// METHOD.md's row 4 on WebAssembly.
import { oncePerStepSuite } from '#test/support/once-per-step';
import { loadWasm } from '#trainer/wasm/load';

oncePerStepSuite(loadWasm);
