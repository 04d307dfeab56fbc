// The run page in its states: preparing, training, with others waiting behind it, and each of its ends.
import type { WindowEvent } from '#shared/window-event';
import { failureSentence } from '#shared/failure';
import type { QueuedRun } from '#shared/queue';
import type { RunEvent } from '#shared/run-event';
import { scene } from './make-scene';
import { repeats, withReceipt } from './record-scenes';
import type { Scene } from './scene';
import { IN_PIECES, progressOf, run } from './run-things';
import { BIRDS, DIGITS, WASM } from './things';

const memory = { inUseBytes: 14.2e6, peakBytes: 21.3e6, rssBytes: 312e6 };
export const told = (...events: RunEvent[]): WindowEvent[] => events.map((event) => ({ kind: 'run', runId: 'live', event }));
const begun: RunEvent = {
  kind: 'started',
  spec: run().spec,
  engine: WASM,
  dataset: { name: 'digits', contentHash: '', labels: DIGITS.labels, train: 1438, validation: 359 },
  parameters: 77_000,
  stepsPerEpoch: 6,
  totalSteps: 180,
  baselineBytes: 8e6,
};
const planned: RunEvent = { kind: 'planned', plan: run().plan! };
const half = run({}, 14);
export const learning = told(
  begun,
  planned,
  progressOf(half, memory),
  ...half.epochs.map((epoch): RunEvent => ({
    kind: 'epoch',
    epoch: epoch.epoch,
    step: epoch.step,
    train: { loss: epoch.trainLoss, accuracy: epoch.trainAccuracy, samples: 1438 },
    validation: { loss: epoch.validationLoss, accuracy: epoch.validationAccuracy, samples: 359 },
    seconds: epoch.step * 0.3,
    memory,
  })),
  { kind: 'checkpoint', step: 84, folder: '' },
);
export const live = run({
  id: 'live',
  state: 'running',
  hasModel: false,
  steps: [],
  epochs: [],
  events: [],
  seconds: undefined,
  validationAccuracy: undefined,
  validationLoss: undefined,
});
const failure = { kind: 'trainer-died', how: 'it was ended from outside, signal 9' } as const;
export const sentence =
  'The training process stopped unexpectedly (it was ended from outside, signal 9). What was saved before is kept; resume it from its last checkpoint.';
const end: RunEvent = {
  kind: 'finished',
  reason: 'completed',
  train: { loss: 0.04, accuracy: 0.99, samples: 1438 },
  validation: { loss: 0.083, accuracy: 0.9778, samples: 359 },
  seconds: 55.8,
  memory,
};

const gone = failureSentence({ kind: 'dataset-missing', path: '/data/digits', name: DIGITS.name });
/** Such as the rows of a table learn with. */
const TABLE = { ...DIGITS, kind: 'table', task: 'classification' } as unknown as typeof DIGITS;
const waiting: QueuedRun[] = [
  {
    id: 'q1',
    datasetId: DIGITS.id,
    datasetName: DIGITS.name,
    spec: { ...run().spec, seed: 2 },
    expected: { pieces: 8, micro: 32, peakBytes: 21.3e6, seconds: 56 },
  },
  { id: 'q2', datasetId: BIRDS.id, datasetName: BIRDS.name, spec: { ...run().spec, model: 'resnet-18', batch: 1024, epochs: 120 } },
  {
    id: 'q3',
    datasetId: DIGITS.id,
    datasetName: DIGITS.name,
    spec: run().spec,
    name: 'Repeated: birds with the big model, second try after Anna sorted the wrens',
    repeatOf: 'done',
  },
];

export const RUN_SCENES: Record<string, Scene> = {
  'run-empty': scene('#/run'),
  'run-preparing': scene('#/run', { runs: [live], current: 'live' }),
  'run-live': scene('#/run', { runs: [live], current: 'live', events: [...learning, IN_PIECES] }),
  'run-table': scene('#/run', {
    runs: [live],
    current: 'live',
    events: learning,
    press: [['button', (say) => new RegExp(`^${say('Loss')}: `)]],
  }),
  'run-finished': scene('#/run', {
    runs: [withReceipt({ id: 'live', name: 'digits, Small CNN, batch 256, repeated', repeats })],
    events: [...learning, ...told({ kind: 'saved', folder: '' }, end)],
  }),
  'run-stopped': scene('#/run', {
    runs: [run({ id: 'live', state: 'stopped', resumable: true })],
    events: [...learning, ...told({ ...end, reason: 'stopped' })],
  }),
  'run-failed': scene('#/run', {
    runs: [run({ id: 'live', state: 'failed', resumable: true, hasModel: false, failure: sentence })],
    events: [...learning, ...told({ kind: 'failed', failure, sentence })],
  }),
  'run-interrupted': scene('#/run', { runs: [run({ id: 'd', state: 'interrupted', resumable: true, hasModel: false }, 14)] }),
  'run-queue': scene('#/run', { runs: [live], current: 'live', queue: { waiting }, events: learning }),
  'run-rounds': scene('#/run', {
    runs: [live],
    current: 'live',
    events: [...learning, { kind: 'piece', runId: 'live', progress: { step: 85, done: 96, samples: 256, pass: 23, passes: 37 } }],
  }),
  'run-paused': scene('#/run', {
    runs: [run({ id: 'live', state: 'paused', resumable: true, hasModel: false, extendable: false }, 14)],
    events: [...learning, ...told({ kind: 'paused', step: 84, seconds: 26 })],
    queue: { waiting, hold: { why: 'paused' } },
  }),
  'run-restarted': scene('#/run', {
    runs: [run({ id: 'd', state: 'paused', resumable: true, hasModel: false }, 14)],
    queue: { waiting, hold: { why: 'restarted' } },
  }),
  'run-resumed': scene('#/run', {
    runs: [run({ id: 'd', state: 'paused', resumable: true, hasModel: false }, 14)],
    press: [['button', 'Resume']],
  }),
  'run-stopped-itself': scene('#/run', {
    runs: [
      withReceipt({
        id: 'live',
        spec: { ...run().spec, epochs: 60, patience: 8 },
        epochsDone: 17,
        endedEarly: { epoch: 17, waited: 8, best: 9 },
      }),
    ],
    events: [...learning, ...told({ kind: 'saved', folder: '' }, end)],
  }),
  'run-notices': scene('#/plan', {
    runs: ['a', 'b', 'c', 'd', 'live'].map((id, i) => withReceipt({ id, name: `digits, Small CNN, batch 256 (${i + 2})` })),
    events: ['a', 'b', 'c', 'd', 'live'].map((runId) => ({ kind: 'run' as const, runId, event: end })),
  }),
  'run-queue-paused': scene('#/run', { runs: [live], current: 'live', queue: { waiting, hold: { why: 'paused' } }, events: learning }),
  'run-queue-passed-by': scene('#/run', {
    runs: [live],
    current: 'live',
    queue: { waiting: waiting.map((run, i) => (i === 0 ? { ...run, problem: gone } : run)) },
    events: learning,
  }),
  'run-queue-history': scene('#/run', {
    queue: { waiting, hold: { why: 'history', problem: failureSentence({ kind: 'database-busy', path: '/data/overbatch.db' }) } },
  }),
  'run-unbegun': scene('#/run', {
    runs: [{ ...live, state: 'stopped' }],
    events: told({ kind: 'paused', step: 0, seconds: 0, byStop: true }),
  }),
  'run-begun-table': scene('#/run', {
    datasets: [TABLE],
    events: [{ kind: 'begun', runId: 'live', datasetId: DIGITS.id, spec: run().spec }],
  }),
  'run-queue-failed': scene('#/run', {
    queue: { waiting: waiting.map((run) => ({ ...run, problem: gone })), hold: { why: 'failed', problem: gone } },
  }),
  'run-discard': scene('#/run', { runs: [live], current: 'live', events: learning, press: [['button', 'Discard']] }),
};
