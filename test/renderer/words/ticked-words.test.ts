// How many runs are ticked, in words.
import { expect, it } from 'vitest';
import { tickedWords } from '#renderer/words/ticked-words';

it('tells ticks that a filter hides, and how many are compared', () => {
  expect([tickedWords(1, 1), tickedWords(3, 1), tickedWords(9, 9)]).toEqual([
    '1 run ticked',
    '3 runs ticked, 2 not shown',
    '9 runs ticked; 8 at most are compared',
  ]);
});
