// Forecasts of WebAssembly's memory beside what is counted. All ten combinations: bench/NOTES.md.
import { describe } from 'vitest';
import { forecasts } from '#test/support/forecasts';
import { loadEngine } from '#trainer/backend';

describe('WebAssembly', () => forecasts(() => loadEngine('wasm'), { median: 0.1, worst: 0.25, line: 0.03 }));
