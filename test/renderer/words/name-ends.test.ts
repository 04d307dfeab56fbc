// A name that is cut keeps its end, and nothing of it is lost or told twice.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nameEnds } from '#renderer/words/name-ends';

it.each([
  ['digits, Small CNN, batch 256 (4)', 'batch 256 (4)'],
  ['digits, Small CNN, batch 256, repeated', 'repeated'],
  ['digits, Small CNN, batch 1,024 (2)', 'batch 1,024 (2)'],
  ['what Anna asked for on Monday (2)', 'for on Monday (2)'],
  ['short', 'short'],
])('%s keeps %s', (name, end) => {
  expect(nameEnds(name)[1]).toBe(end);
});

it('both parts are the name, and names of which the ends differ still do', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (name) => {
      expect(nameEnds(name).join('')).toBe(name);
      expect(nameEnds(`${name} (2)`)[1]).not.toBe(nameEnds(`${name} (3)`)[1]);
    }),
  );
});
