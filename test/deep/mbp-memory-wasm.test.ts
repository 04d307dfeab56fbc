// MBP's memory on WebAssembly.
import { mbpMemory } from '#test/support/mbp-memory';
import { loadEngine } from '#trainer/backend';
import { buildModel } from '../../bench/networks';

mbpMemory(() => loadEngine('wasm'), buildModel('lenet', [28, 28, 1], 10));
