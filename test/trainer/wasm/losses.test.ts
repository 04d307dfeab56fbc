// Losses on WebAssembly.
import { lossSuite } from '#test/support/losses';
import { loadWasm } from '#trainer/wasm/load';

lossSuite(loadWasm);
