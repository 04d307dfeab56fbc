// METHOD.md's table on WebAssembly.
import { exactnessSuite } from '#test/support/exactness';
import { loadWasm } from '#trainer/wasm/load';

exactnessSuite(loadWasm);
