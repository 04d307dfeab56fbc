// Row 7 of METHOD's table on WebAssembly.
import { dropoutSuite } from '#test/support/dropout-suite';
import { loadWasm } from '#trainer/wasm/load';

dropoutSuite(loadWasm);
