// Plans and runs as main would tell of them.
import type { Plan } from '#shared/plan';
import type { MemoryReading, RunEventOf } from '#shared/run-event';
import type { RunDetail } from '#shared/run-record';
import { DEFAULT_SPEC } from '#shared/run-spec';
import type { WindowEvent } from '#shared/window-event';

const pieces = (count: number, size: number) => Array.from({ length: count }, () => size);

export const PLAN: Plan = {
  batch: 256,
  micro: 64,
  pieces: pieces(4, 64),
  peakBytes: 1.72e9,
  budgetBytes: 2e9,
  wholeBatchBytes: 5.8e9,
  fit: { fixedBytes: 180e6, bytesPerSample: 22e6 },
  measured: [],
  memory: { parameters: 44.7e6, accumulator: 44.7e6, optimizer: 89.4e6, activations: 1.5412e9 },
  verdict: { kind: 'identical' },
  secondsPerEpoch: 24,
};

/** All of its steps at once. */
export const progressOf = ({ steps, gauges }: RunDetail, memory: MemoryReading): RunEventOf<'progress'> => ({
  kind: 'progress',
  steps: steps.map((step, i) => ({ ...step, ...gauges[i], samples: 256 })),
  samplesPerSecond: 812,
  secondsLeft: 31,
  memory,
});

/** In the middle of its 85th batch. */
export const IN_PIECES: WindowEvent = { kind: 'piece', runId: 'live', progress: { step: 85, done: 96, samples: 256 } };

const STEPS_PER_EPOCH = 6;

/** A run whose curves look like learning. */
export function run(over: Partial<RunDetail> = {}, epochs = 30): RunDetail {
  const lossAt = (step: number) => 0.04 + 2.2 * Math.exp(-step / 22);
  const accuracyAt = (step: number) => 0.985 - 0.9 * Math.exp(-step / 16);
  const jitter = (step: number, size: number) => size * Math.sin(step * 12.9898) * Math.cos(step * 4.1414);
  const steps = Array.from({ length: epochs * STEPS_PER_EPOCH }, (_, i) => ({
    step: i + 1,
    epoch: Math.floor(i / STEPS_PER_EPOCH) + 1,
    loss: Math.max(0.01, lossAt(i) + jitter(i, 0.08)),
    accuracy: Math.min(1, Math.max(0, accuracyAt(i) + jitter(i + 7, 0.03))),
    seconds: (i + 1) * 0.31,
  }));
  return {
    id: 'done',
    name: 'digits, Small CNN, batch 256',
    state: 'completed',
    spec: { ...DEFAULT_SPEC, epochs: Math.max(30, epochs), budgetBytes: 30e6 },
    datasetId: 'digits',
    datasetName: 'digits',
    sort: 'pictures',
    startedAt: new Date(Date.now() - 1_800_000).toISOString(),
    finishedAt: new Date().toISOString(),
    engine: 'WebAssembly',
    micro: 32,
    peakBytes: 21.3e6,
    seconds: 55.8,
    epochsDone: epochs,
    keptModel: { of: 'best epoch', epoch: epochs - 4, step: (epochs - 4) * STEPS_PER_EPOCH },
    trainLoss: 0.041,
    validationLoss: 0.083,
    validationAccuracy: 0.9778,
    resumable: false,
    extendable: over.state === undefined || over.state === 'completed',
    hasModel: true,
    plan: {
      ...PLAN,
      micro: 32,
      pieces: pieces(8, 32),
      peakBytes: 21.3e6,
      budgetBytes: 30e6,
      wholeBatchBytes: 148e6,
      memory: { parameters: 0.31e6, accumulator: 0.31e6, optimizer: 0.62e6, activations: 20.06e6 },
    },
    steps,
    gauges: steps.map(({ step }) => ({
      step,
      learningRate: 0.0025 * (1 + Math.cos((Math.PI * step) / steps.length)),
      memoryBytes: Math.round(20.9e6 + Math.abs(jitter(step, 0.4e6))),
    })),
    epochs: Array.from({ length: epochs }, (_, e) => ({
      epoch: e + 1,
      step: (e + 1) * STEPS_PER_EPOCH,
      trainLoss: lossAt((e + 1) * STEPS_PER_EPOCH),
      trainAccuracy: accuracyAt((e + 1) * STEPS_PER_EPOCH),
      validationLoss: lossAt((e + 1) * STEPS_PER_EPOCH) + 0.04,
      validationAccuracy: accuracyAt((e + 1) * STEPS_PER_EPOCH) - 0.01,
    })),
    events: [
      {
        at: new Date(Date.now() - 1_800_000).toISOString(),
        message: 'Started on WebAssembly with 1,438 training and 359 validation pictures.',
      },
      {
        at: new Date(Date.now() - 1_799_000).toISOString(),
        message: 'Every batch runs as 8 micro-batches of 32: 21.3 MB of the 30.0 MB allowed.',
      },
      { at: new Date(Date.now() - 1_740_000).toISOString(), message: 'Model saved.' },
    ],
    ...over,
  };
}
