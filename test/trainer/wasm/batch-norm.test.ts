// BatchNorm's three modes on WebAssembly.
import { batchNormSuite } from '#test/support/batch-norm';
import { loadWasm } from '#trainer/wasm/load';

batchNormSuite(loadWasm);
