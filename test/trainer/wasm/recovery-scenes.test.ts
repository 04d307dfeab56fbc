// Row 8 on WebAssembly, on every kind of mini-batch.
import { recoveryScenesSuite } from '#test/support/recovery-scenes';
import { loadWasm } from '#trainer/wasm/load';

recoveryScenesSuite(loadWasm);
