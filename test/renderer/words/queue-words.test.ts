// When a run that is added to the queue begins, in words.
import { expect, test } from 'vitest';
import { turnWords } from '#renderer/words/queue-words';
import type { QueuedRun } from '#shared/queue';
import { DEFAULT_SPEC } from '#shared/run-spec';

const waiting = (count: number): QueuedRun[] =>
  Array.from({ length: count }, (_, i) => ({ id: String(i), datasetId: 'd', datasetName: 'digits', spec: DEFAULT_SPEC }));

test('next, behind others, or not before the queue goes on', () => {
  expect(turnWords({ waiting: [] })).toBe('This one begins when the run before it ends.');
  expect(turnWords({ waiting: waiting(1) })).toMatch(/after the run that trains and the 1 other that waits\.$/);
  expect(turnWords({ waiting: waiting(5) })).toMatch(/and the 5 others that wait\.$/);
  expect(turnWords({ waiting: waiting(1), hold: { why: 'paused' } })).toMatch(/^The queue is held/);
  // What held it is dropped when the first one is added.
  expect(turnWords({ waiting: [], hold: { why: 'paused' } })).toBe('This one begins when the run before it ends.');
});
