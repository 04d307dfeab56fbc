// The Plan page with a forecast: all of it fits, or a batch runs in pieces; each of its tabs.
import type { BatchForecast, RunForecast } from '#shared/forecast';
import { equalPieces } from '#engine/pieces';
import { scene } from './make-scene';
import type { Scene } from './scene';
import { WASM } from './things';

const MEMORY = { parameters: 143_656, accumulator: 143_656, optimizer: 287_312 };
const FIXED = MEMORY.parameters + MEMORY.accumulator + MEMORY.optimizer;

function row(batch: number, micro: number): BatchForecast {
  const peakBytes = 1.06e6 + 7_100 * micro;
  return {
    batch,
    micro,
    pieces: equalPieces(batch, micro),
    peakBytes,
    wholeBatchBytes: 1.06e6 + 7_100 * batch,
    memory: { ...MEMORY, activations: peakBytes - FIXED },
    verdict: { kind: 'identical' },
    updatesPerEpoch: Math.ceil(1_438 / batch),
    secondsPerEpoch: 0.03 + 4 / batch,
    timesApart: 1.4,
  };
}

const BATCHES = [32, 64, 128, 256, 512, 1024];

const forecast = (batch: number, budgetBytes: number, micro: number): RunForecast => ({
  budgetBytes,
  engine: { ...WASM, name: 'tensorflow-cpu', version: 'TensorFlow 2.21.0' },
  basis: 'shapes',
  asked: row(batch, Math.min(batch, micro)),
  table: BATCHES.map((size) => row(size, Math.min(size, micro))),
  curve: [1, 4, 16, 64, 256].map((size) => ({ micro: size, peakBytes: row(size, size).peakBytes })),
  measured: [],
  oneSampleBytes: 1.07e6,
  beside: { leastBytes: 439e6, mostBytes: 471e6 },
});

const WHOLE: Partial<Scene> = { forecast: forecast(256, 3.9e9, 1024) };
const PIECES: Partial<Scene> = {
  forecast: forecast(1024, 4e6, 342),
  draft: { batch: '1024', memory: 'limit', budget: '4 MB' },
};

export const PLAN_SCENES: Record<string, Scene> = {
  'plan-forecast': scene('#/plan', WHOLE),
  'plan-forecast-pieces': scene('#/plan', PIECES),
  'plan-forecast-sizes': scene('#/plan', { ...WHOLE, press: [['tab', 'Batch sizes']] }),
  'plan-forecast-memory': scene('#/plan', { ...PIECES, press: [['tab', 'Memory']] }),
  'plan-forecast-if': scene('#/plan', { ...WHOLE, press: [['tab', 'What if']] }),
};
