// METHOD.md's row 8 in the 50th step of every kind of mini-batch.
import { recoveryScenesSuite } from '#test/support/recovery-scenes';
import { loadWasm } from '#trainer/wasm/load';

recoveryScenesSuite(loadWasm, 50);
