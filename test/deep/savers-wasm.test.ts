// Memory savers on WebAssembly.
import { loadWasm } from '#trainer/wasm/load';
import { saversSuite } from '#test/support/savers';

saversSuite(loadWasm, {
  residual: { recompute: 0.52, 'light-layers': 0.95, 'int8-activations': 0.52, all: 0.57 },
  feedForward: { recompute: 0.61, 'light-layers': 0.83, 'int8-activations': 0.7, all: 0.61 },
});
