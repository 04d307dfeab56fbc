// What a plan says in a terminal: of its time a span, where other programs were at work while it was measured.
import { expect, test } from 'vitest';
import { planLines } from '#cli/plan-report';
import type { Plan } from '#shared/plan';

const plan: Plan = {
  batch: 64,
  micro: 32,
  pieces: [32, 32],
  peakBytes: 1e6,
  budgetBytes: 2e6,
  wholeBatchBytes: 2e6,
  fit: { fixedBytes: 0, bytesPerSample: 1 },
  measured: [{ micro: 32, peakBytes: 1e6, milliseconds: 1 }],
  memory: { parameters: 1, accumulator: 1, optimizer: 1, activations: 1 },
  verdict: { kind: 'identical' },
  secondsPerEpoch: 12,
};

test('a time that was measured beside other work is a span, as in the window, and says so', () => {
  const disturbed = planLines({ ...plan, disturbed: 0.5 }).join('\n');
  expect(disturbed).toContain(' 3.0 s to 12 s an epoch.');
  expect(disturbed).toContain('Other programs were at work');
  // The control: hardly disturbed, it is a figure.
  for (const quiet of [plan, { ...plan, disturbed: 0.1 }]) {
    expect(planLines(quiet).join('\n')).toContain(' 12 s an epoch.');
    expect(planLines(quiet).join('\n')).not.toContain('Other programs');
  }
});
