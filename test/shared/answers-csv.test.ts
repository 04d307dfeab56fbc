// Answers as a table: every class beside the answer, names that a spreadsheet would take for a formula kept a text.
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { answersCsv, placeOfLargest } from '#shared/answers-csv';

test('a line a file, its class, how probable, every class, or why there is none', () => {
  const text = answersCsv(['cat', 'dog, small'], 'class', [
    { name: 'a/1.png', answer: { shares: Float32Array.of(0.125, 0.875) } },
    { name: '=cmd().png', answer: { shares: Float32Array.of(1, 0) } },
    { name: '\n=cmd().png', answer: { shares: Float32Array.of(1, 0) } },
    { name: 'b.png', answer: { problem: 'This is "no" picture.' } },
  ]);
  expect(text.startsWith('\ufeff')).toBe(true);
  expect(parse(text, { bom: true })).toEqual([
    ['file', 'answer', 'probability', 'cat', 'dog, small', 'problem'],
    ['a/1.png', 'dog, small', '0.875', '0.125', '0.875', ''],
    ["'=cmd().png", 'cat', '1', '1', '0', ''],
    ["'\n=cmd().png", 'cat', '1', '1', '0', ''],
    ['b.png', '', '', '', '', 'This is "no" picture.'],
  ]);
});

test('of masks the shares of the picture', () => {
  const [head] = answersCsv(['sky', 'sea'], 'mask', []).slice(1).split('\r\n');
  expect(head).toBe('file,largest share,share,sky,sea,problem');
  expect(placeOfLargest([0.4, 0.4, 0.2])).toBe(0);
});
