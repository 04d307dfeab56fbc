// What Check it found, beside what rounding alone does: in plain numbers, and never called the same where it is not.
import { expect, test } from 'vitest';
import { checkSentence, checkTitle } from '#shared/check-words';
import type { WholeAndPieces } from '#shared/forecast';

const found: WholeAndPieces = {
  samples: 64,
  pieces: [16, 16, 16, 16],
  difference: 2e-7,
  rounding: 3e-7,
  verdict: { kind: 'identical' },
  engine: 'wasm 1',
};

test('as much as rounding, less, or a little more: all told with both figures', () => {
  expect(checkSentence(found)).toBe(
    'What 64 samples ask for, whole and in 4 pieces, differs by 0.00002 %, as much as adding the same numbers in another order: 0.00003 %.',
  );
  expect(checkSentence({ ...found, difference: 1e-8 })).toContain('0.000001 %, less than adding');
  expect(checkSentence({ ...found, difference: 2e-6 })).toMatch(/0\.0002 %; adding .* 0\.00003 %\. Both are rounding\.$/);
});

test('bit for bit the same is said so', () => {
  expect(checkSentence({ ...found, difference: 0, rounding: 0 })).toContain('exactly the same');
});

test('what is more than rounding is not called the same', () => {
  const differs: WholeAndPieces = { ...found, difference: 0.36, verdict: { kind: 'not-identical', because: 'x', remedy: 'y' } };
  expect(checkSentence(differs)).toMatch(/differs by 36 %; .* more than rounding\.$/);
  expect(checkTitle(differs)).toContain('not the same');
  expect(checkTitle(found)).not.toContain('not');
});
