// The smallest true values of what a history keeps: of a data set, and of what a run says.
import type { DatasetManifest } from '#shared/dataset';
import type { Plan } from '#shared/plan';
import type { RunEventOf, StepReading } from '#shared/run-event';
import { DEFAULT_SPEC } from '#shared/run-spec';

export const manifest: DatasetManifest = {
  format: 1,
  kind: 'image-classes',
  name: 'digits',
  contentHash: 'a'.repeat(64),
  labels: ['0', '1'],
  width: 8,
  height: 8,
  channels: 1,
  count: 2,
  ownSplit: false,
  samples: [
    { file: '0/a.png', label: 0, split: 'none' },
    { file: '1/b.png', label: 1, split: 'none' },
  ],
  leftOut: [{ file: '1/c.png', kind: 'unreadable', message: 'It cannot be decoded.', severity: 'error' }],
  createdAt: '2026-11-23T10:00:00.000Z',
};

export const memory = { inUseBytes: 1_000, peakBytes: 2_000, rssBytes: 90_000 };

export const started: RunEventOf<'started'> = {
  kind: 'started',
  spec: DEFAULT_SPEC,
  engine: { name: 'wasm', version: 'WebAssembly, SIMD, 1 thread', reason: 'It is built in.', skipped: [] },
  dataset: { name: 'digits', contentHash: manifest.contentHash, labels: ['0', '1'], train: 1437, validation: 360 },
  parameters: 5130,
  stepsPerEpoch: 6,
  totalSteps: 180,
  baselineBytes: 10_000,
};

export const plan: Plan = {
  batch: 256,
  micro: 32,
  pieces: [32, 32, 32, 32, 32, 32, 32, 32],
  peakBytes: 1_200_000,
  budgetBytes: 2_000_000,
  wholeBatchBytes: 8_000_000,
  fit: { fixedBytes: 200_000, bytesPerSample: 31_250 },
  measured: [{ micro: 32, peakBytes: 1_200_000, milliseconds: 12 }],
  memory: { parameters: 20_520, accumulator: 20_520, optimizer: 41_040, activations: 1_000_000 },
  verdict: { kind: 'identical' },
  secondsPerEpoch: 1.5,
};

export function step(number: number, loss = 1 / number, epoch = 1): StepReading {
  return { step: number, epoch, loss, accuracy: 0.5, samples: 256, seconds: number / 10 };
}

export function progress(...steps: StepReading[]): RunEventOf<'progress'> {
  return { kind: 'progress', steps, samplesPerSecond: 2560, secondsLeft: 17, memory };
}

const metrics = { loss: 0.25, accuracy: 0.97, samples: 360 };

export function epochEvent(epoch: number, atStep: number): RunEventOf<'epoch'> {
  return { kind: 'epoch', epoch, step: atStep, train: { ...metrics, loss: 0.2 }, validation: metrics, seconds: atStep / 10, memory };
}

export function finished(reason: 'completed' | 'stopped', seconds: number): RunEventOf<'finished'> {
  return { kind: 'finished', reason, train: { ...metrics, loss: 0.2 }, validation: metrics, seconds, memory };
}
