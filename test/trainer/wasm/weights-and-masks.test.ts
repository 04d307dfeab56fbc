// Row 3 of METHOD's table on WebAssembly.
import { weightsAndMasksSuite } from '#test/support/weights-and-masks';
import { loadWasm } from '#trainer/wasm/load';

weightsAndMasksSuite(loadWasm);
