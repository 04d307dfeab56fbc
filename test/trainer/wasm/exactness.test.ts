// METHOD.md's table on WebAssembly.
import { exactnessSuite } from '#test/support/exactness';
import { sharedWasm } from '#test/support/wasm';

exactnessSuite(sharedWasm);
