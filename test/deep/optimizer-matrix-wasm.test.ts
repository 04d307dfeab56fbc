// METHOD's row 1 in full, fifty steps, on WebAssembly.
import { optimizerMatrix } from '#test/support/optimizer-matrix';
import { loadEngine } from '#trainer/backend';

optimizerMatrix(() => loadEngine('wasm'), 50);
