// Rows 2 and 7 of METHOD's table on WebAssembly, with real reading threads.
import { samplesSuite } from '#test/support/samples-suite';
import { sharedWasm } from '#test/support/wasm';

samplesSuite(sharedWasm);
