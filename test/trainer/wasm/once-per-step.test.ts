// METHOD.md's row 4 on WebAssembly.
import { oncePerStepSuite } from '#test/support/once-per-step';
import { sharedWasm } from '#test/support/wasm';

oncePerStepSuite(sharedWasm);
