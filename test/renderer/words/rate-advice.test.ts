// The rules of thumb for a learning rate: proportional for plain optimizers, the square root for adaptive ones, silent where they say nothing.
import { expect, test } from 'vitest';
import { rateAdvice, wildRate } from '#renderer/words/rate-advice';

const usual = { batch: 256, learningRate: 0.005, optimizer: 'adam' as const };
const advised = (batch: number, more: Partial<typeof usual> | { optimizer: 'sgd' | 'momentum' } = {}) =>
  rateAdvice({ ...usual, batch, ...more } as typeof usual, usual);

test('four times the batch is twice the rate with Adam, and four times with SGD', () => {
  expect(advised(1024)?.rate).toBe('0.01');
  expect(advised(64)?.rate).toBe('0.0025');
  expect(advised(1024, { optimizer: 'sgd' })?.rate).toBe('0.4');
  expect(advised(1024, { optimizer: 'momentum' })?.rate).toBe('0.2');
});

test('each rule names where it comes from', () => {
  expect(advised(1024)?.source).toMatch(/^Krizhevsky, 2014; .*Malladi and others, 2022$/);
  expect(advised(1024, { optimizer: 'sgd' })?.source).toBe('Goyal and others, 2017');
});

test('nothing is said of a batch near the usual one, of a rate near the advised one, nor of one that no run may have', () => {
  expect(advised(256)).toBeUndefined();
  expect(advised(320)).toBeUndefined();
  expect(advised(1024, { learningRate: 0.01 })).toBeUndefined();
  expect(advised(1024, { learningRate: 0.011 })).toBeUndefined();
  expect(advised(1024, { learningRate: 0.02 })?.rate).toBe('0.01');
  expect(advised(1_000_000, { optimizer: 'sgd' })).toBeUndefined();
  expect(advised(NaN)).toBeUndefined();
});

test('plain optimizers are advised only where somebody measured: for 256 at once, from scratch', () => {
  const momentum = { batch: 1_024, learningRate: 0.005, optimizer: 'momentum' } as const;
  expect(rateAdvice(momentum, usual)?.rate).toBe('0.2');
  expect(rateAdvice(momentum, { ...usual, batch: 8 })).toBeUndefined();
  expect(rateAdvice(momentum, usual, true)).toBeUndefined();
  // The control: adaptive ones go by what is usual there.
  expect(rateAdvice({ ...momentum, optimizer: 'adam' }, { ...usual, batch: 8 }, true)?.rate).toBe('0.057');
});

test('a hundred times the usual is warned of, by what is usual for that optimizer', () => {
  expect(wildRate({ ...usual, learningRate: 5 }, usual)).toBe('5 is 1,000 times the usual 0.005: training will most likely not settle.');
  expect(wildRate({ learningRate: 5, optimizer: 'sgd' }, usual)).toBeUndefined();
  expect(wildRate({ ...usual, learningRate: 0.05 }, usual)).toBeUndefined();
  expect(wildRate({ ...usual, learningRate: NaN }, usual)).toBeUndefined();
});
