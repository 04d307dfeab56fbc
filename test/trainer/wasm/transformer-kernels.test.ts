// GELU and layer normalization on WebAssembly.
import { loadWasm } from '#trainer/wasm/load';
import { transformerKernelSuite } from '#test/support/transformer-kernels';

transformerKernelSuite(loadWasm);
