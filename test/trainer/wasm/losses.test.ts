// Losses on WebAssembly.
import { lossSuite } from '#test/support/losses';
import { sharedWasm } from '#test/support/wasm';

lossSuite(sharedWasm);
