// A run's receipt, and the question before it is repeated.
import type { RunDetail } from '#shared/run-record';
import type { WholeAndPieces } from '#shared/forecast';
import type { Receipt } from '#shared/run-event';
import { scene } from './make-scene';
import type { Scene } from './scene';
import { run } from './run-things';
import { WASM } from './things';

export function withReceipt(over: Partial<RunDetail> = {}): RunDetail {
  const made = run(over);
  const metrics = { loss: 0.083, accuracy: 0.9778, samples: 359 };
  const receipt: Receipt = {
    format: 1,
    spec: made.spec,
    plan: made.plan!,
    engine: WASM,
    versions: { overbatch: '0.1.0', tfjs: '4.22.0', node: '24.9.0', electron: '45.4.1' },
    machine: { system: 'linux x64', processor: 'AMD EPYC 7B13', threads: 2, memoryBytes: 16e9 },
    dataset: {
      name: 'digits',
      contentHash: '5e1f'.repeat(16),
      labels: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      train: 1438,
      validation: 359,
    },
    parameters: 77_000,
    batch: 256,
    microBatch: 32,
    pieces: 8,
    budgetBytes: 30e6,
    baselineBytes: 8e6,
    peakBytes: 21.3e6,
    seed: 1,
    reason: 'completed',
    done: { epochs: 30, steps: 180 },
    model: { of: 'best epoch', epoch: 26, step: 156 },
    other: {
      of: 'last step',
      epoch: 30,
      step: 180,
      final: { train: { ...metrics, loss: 0.033 }, validation: { ...metrics, loss: 0.091 } },
    },
    weights: 'c0ffee42'.repeat(8),
    final: { train: { ...metrics, loss: 0.041 }, validation: metrics },
    startedAt: made.startedAt,
    finishedAt: made.finishedAt!,
    seconds: 55.8,
  };
  return { ...made, receipt };
}

const check: WholeAndPieces = {
  samples: 64,
  pieces: [32, 32],
  difference: 2.1e-7,
  rounding: 1.7e-7,
  verdict: { kind: 'identical' },
  engine: 'wasm 1',
};
export const repeats = { id: 'a', name: 'digits, Small CNN, batch 256', isSame: true };

/** So long that later epochs would be flat lines, with a short batch at the end of each. */
function longRun(): RunDetail {
  const long = withReceipt(run({}, 600));
  return {
    ...long,
    epochs: long.epochs.map((epoch) => ({ ...epoch, validationLoss: epoch.validationLoss + epoch.epoch / 4_000 })),
    steps: long.steps.map((step) => ({ ...step, loss: step.loss / (1 + step.epoch) })),
    gauges: long.gauges.map((gauge) => ({ ...gauge, memoryBytes: gauge.step % 6 === 0 ? 17.4e6 : 21.3e6 })),
  };
}

export const RECORD_SCENES: Record<string, Scene> = {
  'history-repeat': scene('#/history/done', { runs: [withReceipt()], press: [['button', 'Repeat exactly']] }),
  'history-repeated': scene('#/history/done', { runs: [withReceipt({ repeats })] }),
  'history-long': scene('#/history/done', { runs: [longRun()] }),
  'history-receipt-paused': scene('#/history/done/receipt', {
    runs: [
      withReceipt({
        spec: { ...run().spec, epochs: 60, patience: 8 },
        endedEarly: { epoch: 17, waited: 8, best: 9 },
        pauses: { count: 2, seconds: 48 },
      }),
    ],
  }),
  'history-repeat-waits': scene('#/history/done', {
    runs: [withReceipt(), { ...run({ id: 'live', state: 'running' }), hasModel: false }],
    current: 'live',
    press: [['button', 'Repeat exactly']],
  }),
  'history-receipt': scene('#/history/done/receipt', { runs: [withReceipt({ check })] }),
};
