// What a comparison lets be called better, and what it leaves to luck.
import { expect, it } from 'vitest';
import { canRepeatTell, shownBy } from '#renderer/words/conclusion-words';
import type { Refusal, RepeatsVerdict, SamplesVerdict } from '#shared/comparison/comparison';

const tested = { metric: 'accuracy', baseline: 0.9, other: 0.95, difference: 0.05, interval: { low: 0, high: 0.1 }, compared: 1 } as const;
const samples = (p: number): SamplesVerdict => ({
  ...tested,
  kind: 'samples',
  test: 'McNemar',
  part: 'test',
  samples: 540,
  p,
  corrected: p,
});
const repeats = (p: number, difference = 0.05): RepeatsVerdict => ({
  ...tested,
  kind: 'repeats',
  test: 'paired t',
  seeds: [1, 2, 3],
  drawnAnew: true,
  power: 0.5,
  difference,
  p,
  corrected: p,
});
const otherTask: Refusal = { kind: 'refused', because: 'other-task' };

it('shown is what its samples show, by those samples', () => {
  expect(shownBy({ runId: 'b', samples: samples(0.01) })).toBe('test');
  expect(shownBy({ runId: 'b', samples: samples(0.3) })).toBeUndefined();
  expect(shownBy({ runId: 'b', samples: otherTask })).toBeUndefined();
});

it('repeats that show nothing, or the opposite, leave nothing shown', () => {
  expect(shownBy({ runId: 'b', samples: samples(0.01), repeats: repeats(0.01) })).toBe('test');
  expect(shownBy({ runId: 'b', samples: samples(0.01), repeats: repeats(0.4) })).toBeUndefined();
  expect(shownBy({ runId: 'b', samples: samples(0.01), repeats: repeats(0.01, -0.05) })).toBeUndefined();
});

it('repeats of another task tell nothing, of the same one they may', () => {
  const others = [{ runId: 'b', samples: otherTask }];
  expect(canRepeatTell({ baseline: 'a', others })).toBe(false);
  expect(canRepeatTell({ baseline: 'a', others: [...others, { runId: 'c', samples: samples(0.3) }] })).toBe(true);
});
