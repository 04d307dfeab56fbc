// Spans of the same time put together: what may come again is all in one, what was disturbed is where all agree.
import { expect, test } from 'vitest';
import { spanOf, undisturbed } from '#shared/disturbance';
import { endsOf, spanInAll, spanOfAll, type TimeSpan } from '#shared/time-span';

const near = (seconds: number) => expect.closeTo(seconds, 9);
const span = (low: number, high: number): TimeSpan => ({ secondsPerEpoch: Math.sqrt(low * high), timesApart: Math.sqrt(high / low) });

test('all of several spans, and what they have in common', () => {
  expect(endsOf(spanOfAll([span(1, 3), { secondsPerEpoch: 5 }]))).toEqual([near(1), near(5)]);
  expect(endsOf(spanInAll([span(1, 3), span(2, 8)])!)).toEqual([near(2), near(3)]);
  expect(spanInAll([span(1, 3), { secondsPerEpoch: 5 }])).toBeUndefined();
  expect(spanOfAll([{ secondsPerEpoch: 5 }])).toEqual({ secondsPerEpoch: 5 });
});

test('what was timed alone says it, whatever was timed beside others', () => {
  const beside = { seconds: 4, disturbed: 0.5 };
  expect(endsOf(spanOf([beside]))).toEqual([near(1), near(4)]);
  expect(endsOf(spanOf([beside, { seconds: 2 }, { seconds: 2.5 }], span(8, 9)))).toEqual([near(2), near(2.5)]);
  // Where nothing was timed alone, what is expected makes it narrower, and what does not agree with the others counts for nothing.
  expect(endsOf(spanOf([beside], span(1.5, 3)))).toEqual([near(1.5), near(3)]);
  expect(endsOf(spanOf([beside, { seconds: 1.5, disturbed: 0.2 }], span(8, 9)))).toEqual([near(1), near(1.5)]);
  expect(spanOf([beside, { seconds: 0.5, disturbed: 0.2 }])).toEqual(undisturbed(4, 0.5));
});

test('what was said with less knowledge is in what is said with more, however many epochs are asked for', () => {
  let seed = 7;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let round = 0; round < 200; round++) {
    const timed = Array.from({ length: 1 + Math.floor(4 * random()) }, () => ({ seconds: 0.05 + random() }));
    const [first, ...others] = timed;
    let before = spanOf([first]);
    for (const [i] of others.entries()) {
      const [low, high] = endsOf(spanOf([timed[i + 1], ...timed.slice(0, i + 1)]));
      const [least, most] = endsOf(before);
      // 500 epochs by now, 100 epochs as they were said before.
      expect(500 * low).toBeLessThanOrEqual(5 * (100 * least) * (1 + 1e-9));
      expect(500 * high).toBeGreaterThanOrEqual(5 * (100 * most) * (1 - 1e-9));
      before = spanOf([timed[i + 1], ...timed.slice(0, i + 1)]);
    }
    // No wider than what was timed.
    const seconds = timed.map((one) => one.seconds);
    expect(endsOf(before)).toEqual([near(Math.min(...seconds)), near(Math.max(...seconds))]);
  }
});
