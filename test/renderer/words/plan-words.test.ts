// The sentence before Start: need, allowance, pieces, sameness, time.
import { expect, test } from 'vitest';
import { budgetWords, cut, epochSentence, planSentence, verdictWords, type PlanFacts } from '#renderer/words/plan-words';

const plan: PlanFacts = {
  batch: 256,
  pieces: [64, 64, 64, 64],
  budgetBytes: 2e9,
  wholeBatchBytes: 5.8e9,
  verdict: { kind: 'identical' },
  secondsPerEpoch: 24,
};
const unequal = { kind: 'not-identical' as const, because: 'it has batch normalization', remedy: 'allow more memory' };

test('the time is that of all epochs and of what comes before them', () => {
  expect(planSentence(plan, 30)).toContain('about 12 min');
  expect(planSentence({ ...plan, secondsBefore: 720 }, 30)).toContain('about 24 min');
});

test('a batch that does not fit', () => {
  expect(planSentence(plan, 30)).toBe(
    '256 pictures need about 5.8 GB; you allow 2.00 GB. It will run as 4 pieces of 64: same result, in about 12 min.',
  );
});

test('pieces that are not all equal', () => {
  expect(planSentence({ ...plan, pieces: [86, 85, 85] }, 1)).toContain('as 3 pieces of at most 86: same result');
});

test('a batch that fits, whole and cut by choice', () => {
  const fits = { ...plan, wholeBatchBytes: 1.5e9 };
  expect(planSentence({ ...fits, pieces: [256] }, 30)).toBe(
    '256 pictures need 1.50 GB; you allow 2.00 GB. It will run whole, in about 12 min.',
  );
  expect(planSentence(fits, 30)).toContain('It would fit whole; as you chose, it will run as 4 pieces of 64');
});

test('a batch that is too large whole, and goes through one part of the model at a time, is not said to run whole', () => {
  const staged = { ...plan, pieces: [256], stages: { count: 19, kept: [], parkedBytes: 48e6, recomputedShare: 0.2 } };
  expect(planSentence(staged, 30)).toBe(
    '256 pictures need about 5.8 GB; you allow 2.00 GB. It will run one part of the model at a time: same result, in about 12 min.',
  );
  expect(planSentence({ ...staged, pieces: [64, 64, 64, 64] }, 30)).toContain('It will run as 4 pieces of 64: same result');
});

test('a result that is not the same says so, with reason and remedy', () => {
  expect(planSentence({ ...plan, verdict: unequal }, 30)).toContain('close to, but not the same result');
  expect(verdictWords({ ...plan, verdict: unequal })).toEqual({
    title: 'Not the same result as one batch of 256',
    because: 'It has batch normalization.',
    remedy: 'Allow more memory.',
  });
});

test('a batch larger than the data', () => {
  expect(planSentence({ ...plan, batch: 4096, pieces: [719, 719] }, 1)).toMatch(
    /^Your data has 1,438 training pictures, so every step uses them all\. 1,438 pictures need/,
  );
});

test('a forecast says about how much, and no time before this computer’s speed is known', () => {
  expect(planSentence({ ...plan, secondsPerEpoch: undefined }, 30, 'regression', true)).toBe(
    '256 rows need about 5.8 GB; you allow 2.00 GB. It will run as 4 pieces of 64: same result.',
  );
  expect(planSentence({ ...plan, batch: 1, pieces: [1] }, 1, 'regression')).toMatch(/^1 row needs 5/);
});

test('the pieces are counted as they are cut', () => {
  expect(cut([64, 64, 64, 64])).toBe('4 pieces of 64');
  expect(cut([86, 85, 85])).toBe('3 pieces of at most 86');
});

test('the budget is for training itself; what the program takes beside it is told, where it is known', () => {
  const known = { budgetBytes: 4e6, peakBytes: 2.92e6 };
  const more = (leastBytes: number, mostBytes = leastBytes) => budgetWords({ ...known, beside: { leastBytes, mostBytes } });
  expect(more(439e6, 471e6)).toBe('You allow 4.00 MB for training itself; the program and its engine take 425 to 475 MB more.');
  expect(more(759e6, 992e6)).toMatch(/ take 750 MB to 1\.00 GB more\.$/);
  // What was held.
  expect(more(663.7e6)).toMatch(/ take 650 to 700 MB more\.$/);
  expect(more(500e6)).toMatch(/ take about 500 MB more\.$/);
  expect(budgetWords(known)).toBe('You allow 4.00 MB.');
});

test('what an epoch is, as far as it is known', () => {
  const known = { updatesPerEpoch: 6, secondsPerEpoch: 2, secondsBefore: 60 };
  expect(epochSentence(known)).toBe('6 updates an epoch, which takes about 2 s. Before the first: about a minute.');
  expect(epochSentence({ secondsPerEpoch: 9, timesApart: 1.5 })).toBe('An epoch takes 6 to 15 s.');
  expect(epochSentence({ updatesPerEpoch: 1 })).toMatch(/^1 update an epoch; .* known when it is measured\.$/);
  expect(epochSentence({})).toBe('');
});

test('a forecast of a moment is a sentence, too', () => {
  expect(planSentence({ ...plan, pieces: [256], secondsPerEpoch: 0.9, timesApart: 1.2 }, 1)).toMatch(/It will run whole, in about 1 s\.$/);
  expect(planSentence({ ...plan, pieces: [256], secondsPerEpoch: 0.6, timesApart: 1.8 }, 1)).toMatch(/It will run whole, in up to 1 s\.$/);
});

test('what keeps the result the same is said where a plan says it', () => {
  const because = 'Batch normalization is frozen.';
  expect(verdictWords({ ...plan, verdict: { kind: 'identical', because } })).toMatchObject({ because });
});
