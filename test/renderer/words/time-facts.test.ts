// A receipt accounts for all the time between a run's start and its end.
import { expect, test } from 'vitest';
import { timeFacts } from '#renderer/words/time-facts';

const between = { startedAt: '2026-11-30T12:50:35Z', finishedAt: '2026-11-30T12:53:08Z' };

test('trained, paused, and what comes before and behind the steps', () => {
  expect(timeFacts({ ...between, seconds: 95, pauses: { count: 1, seconds: 45 } })).toEqual([
    ['Time trained', '1 min 35 s'],
    ['Time paused', '45 s, in 1 pause'],
    ['Starting and saving', '13 s'],
  ]);
  expect(timeFacts({ ...between, seconds: 152.6 })).toEqual([['Time trained', '2 min 33 s']]);
  expect(timeFacts({ ...between, finishedAt: '2026-12-01T12:50:35Z', interruptions: 1, seconds: 95 })).toEqual([
    ['Time trained', '1 min 35 s'],
    ['Starting, saving and interrupted', expect.stringMatching(/^23 h 58 min.*, with 1 interruption$/)],
  ]);
  expect(timeFacts({ ...between, finishedAt: undefined, seconds: 95 })).toHaveLength(1);
});
