// METHOD's row 1 on WebAssembly; test/deep goes on to fifty steps.
import { optimizerMatrix } from '#test/support/optimizer-matrix';
import { loadWasm } from '#trainer/wasm/load';

optimizerMatrix(loadWasm, 6);
