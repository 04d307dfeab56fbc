// METHOD's row 1 on WebAssembly; test/deep goes on to fifty steps.
import { optimizerMatrix } from '#test/support/optimizer-matrix';
import { sharedWasm } from '#test/support/wasm';

optimizerMatrix(sharedWasm, 6);
