// GELU and layer normalization on WebAssembly.
import { sharedWasm } from '#test/support/wasm';
import { transformerKernelSuite } from '#test/support/transformer-kernels';

transformerKernelSuite(sharedWasm);
