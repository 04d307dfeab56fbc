// No run passes its budget, on WebAssembly.
import { neverOverBudget } from '#test/support/never-over-budget';
import { loadEngine } from '#trainer/backend';

neverOverBudget(() => loadEngine('wasm'), 6);
