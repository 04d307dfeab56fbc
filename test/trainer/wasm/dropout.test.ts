// Row 7 of METHOD's table on WebAssembly.
import { dropoutSuite } from '#test/support/dropout-suite';
import { sharedWasm } from '#test/support/wasm';

dropoutSuite(sharedWasm);
