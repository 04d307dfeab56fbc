// What a run may take where nobody said: of a graphics card its own memory, of the computer what is free.
import { expect, it } from 'vitest';
import { defaultBudgetBytes } from '#trainer/free-memory';

it('is three quarters of the card, however little the computer has', () => {
  expect(defaultBudgetBytes({ name: 'tensorflow-cuda', limitBytes: 1e15 })).toBe(0.75e15);
});

it('is at most three quarters of an engine’s own limit, and of what is free', () => {
  expect(defaultBudgetBytes({ name: 'wasm', limitBytes: 4e6 })).toBe(3e6);
  expect(defaultBudgetBytes({ name: 'wasm', limitBytes: 1e15 })).toBeLessThan(0.75e15);
});
