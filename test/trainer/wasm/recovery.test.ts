// Row 8 on WebAssembly, which runs op by op.
import { insideSuite } from '#test/support/inside-suite';
import { recoverySuite } from '#test/support/recovery-suite';
import { loadWasm } from '#trainer/wasm/load';

let loaded: ReturnType<typeof loadWasm> | undefined;
const load = () => (loaded ??= loadWasm());

recoverySuite(load);
insideSuite(load);
