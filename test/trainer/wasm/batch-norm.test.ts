// BatchNorm's three modes on WebAssembly.
import { batchNormSuite } from '#test/support/batch-norm';
import { sharedWasm } from '#test/support/wasm';

batchNormSuite(sharedWasm);
