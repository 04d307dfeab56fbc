// Row 3 of METHOD's table on WebAssembly.
import { weightsAndMasksSuite } from '#test/support/weights-and-masks';
import { sharedWasm } from '#test/support/wasm';

weightsAndMasksSuite(sharedWasm);
