// What is said about predictions, engines, memory scales and progress.
import { expect, test } from 'vitest';
import { certainty } from '#renderer/words/certainty';
import { engineStanding } from '#renderer/words/engine-words';
import { memoryScale } from '#renderer/words/memory-scale';
import { progressOf } from '#renderer/words/progress';
import type { EnginesAnswer } from '#shared/engine';

const titleOf = (...probabilities: number[]) => certainty(probabilities.map((probability, i) => ({ label: 'abc'[i], probability }))).title;

test('words follow the probability, and an even field is no answer', () => {
  expect([titleOf(0.99, 0.01), titleOf(0.85, 0.1), titleOf(0.6, 0.3), titleOf(0.4, 0.35)]).toEqual([
    'Almost certainly “a”',
    'Probably “a”',
    'Perhaps “a”',
    'Undecided, most like “a”',
  ]);
  expect(
    certainty([
      { label: 'a', probability: 0.4 },
      { label: 'b', probability: 0.35 },
    ]).detail,
  ).toContain('“b” with 35.0\u00a0%');
});

test('every engine stands somewhere: in use, not usable with its reason, or in reserve', () => {
  const answer: EnginesAnswer = {
    report: { name: 'wasm', version: '', reason: '', skipped: [{ name: 'tensorflow-cpu', reason: 'It is not installed.' }] },
    native: [{ kind: 'cpu', state: 'absent', folder: '', bytes: 0 }],
  };
  expect(engineStanding('wasm', answer).label).toBe('In use');
  expect(engineStanding('tensorflow-cpu', answer)).toEqual({ label: 'Not installed', tone: 'plain', why: 'It is not installed.' });
  expect(engineStanding('js', answer).label).toBe('In reserve');
});

test('the budget line stands inside the scale, or is its end where all fits', () => {
  const near = memoryScale([1.7e9, 5.8e9], 2e9);
  expect(near.full).toBeGreaterThan(5.8e9);
  expect(near.budgetAt).toBeCloseTo(2e9 / near.full);
  // Little of much looks like little.
  expect(memoryScale([21e6], 5.2e9)).toEqual({ full: 5.2e9, budgetAt: 1 });
});

test('progress by steps where they are known, by time in a reloaded window, unknown before both', () => {
  expect(progressOf({ step: 45, totalSteps: 180, seconds: 1, secondsLeft: 1 })).toBe(0.25);
  expect(progressOf({ step: 45, seconds: 10, secondsLeft: 30 })).toBe(0.25);
  expect(progressOf({})).toBeUndefined();
});
