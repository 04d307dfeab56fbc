// MBP's memory on WebAssembly.
import { mbpMemory } from '#test/support/mbp-memory';
import { loadEngine } from '#trainer/backend';
import { buildNetwork } from '../../bench/networks';

mbpMemory(() => loadEngine('wasm'), buildNetwork('lenet', [28, 28, 1], 10));
