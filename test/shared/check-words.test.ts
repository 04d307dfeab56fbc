// What Check it found, beside what rounding alone does: in plain numbers, and never called the same where it is not.
import { expect, test } from 'vitest';
import { checkSentence, checkSizeSentence, checkTitle } from '#shared/check-words';
import type { WholeAndPieces } from '#shared/forecast';

const found: WholeAndPieces = {
  samples: 64,
  pieces: [16, 16, 16, 16],
  difference: 2e-7,
  rounding: 3e-7,
  verdict: { kind: 'identical' },
  engine: 'wasm 1',
};

test('what is rounding is told with both figures, and why so many were tried', () => {
  expect(checkSentence(found)).toBe(
    'Whole and in 4 pieces, only the last digits differ, by 0.00002 %; adding the same numbers in another order makes 0.00003 %.',
  );
  expect(checkSentence({ ...found, difference: 2e-6 })).toMatch(/only the last digits differ, by 0\.0002 %; .* 0\.00003 %\.$/);
  expect(checkSizeSentence(found)).toBe('Why 64: a difference shows in a few, and more would only take longer.');
});

test('bit for bit the same is said so', () => {
  expect(checkSentence({ ...found, difference: 0, rounding: 0 })).toContain('exactly the same');
});

test('what is more than rounding is not called the same', () => {
  const differs: WholeAndPieces = { ...found, difference: 0.36, verdict: { kind: 'not-identical', because: 'x', remedy: 'y' } };
  expect(checkSentence(differs)).toMatch(/differs by 36 %; .* more than rounding\.$/);
  expect(checkTitle(differs, 'rows')).toBe('Tried on 64 of your rows: not the same result');
  expect(checkTitle(found)).toBe('Tried on 64 of your samples: the same result');
});
