// WebAssembly in tests whose files share a process: loaded by the first that asks, since its kernels are registered once.
import type { Runtime } from '#engine/runtime';
import { loadWasm } from '#trainer/wasm/load';

let loaded: Promise<Runtime> | undefined;

export const sharedWasm = (): Promise<Runtime> => (loaded ??= loadWasm());
