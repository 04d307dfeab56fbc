// When a run that is added to the queue begins, what a start does to the queue, and what the navigation says of both.
import { expect, test } from 'vitest';
import { aheadWords, alikeBefore, holdWords, resumeLabel, turnWords, waitingWords } from '#renderer/words/queue-words';
import { runMark } from '#renderer/words/run-mark';
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
  const passedBy = waiting(1).map((run) => ({ ...run, problem: 'p' }));
  expect(turnWords({ waiting: passedBy, hold: { why: 'failed', problem: 'p' } })).toBe('This one begins when the run before it ends.');
  expect(turnWords({ waiting: [...passedBy, ...waiting(1)] })).toMatch(/and the 1 other that waits\.$/);
  expect(turnWords({ waiting: [], hold: { why: 'paused' } })).toBe('This one begins when the run before it ends.');
});

test('a start ahead of paused and waiting runs is said; without any there is nothing to say', () => {
  expect(aheadWords({ waiting: [] }, 0)).toBe('');
  expect(aheadWords({ waiting: waiting(2), hold: { why: 'restarted' } }, 1)).toBe(
    'It starts ahead of the queue (2 runs), which goes on behind it. The paused run stays on Run.',
  );
  expect(aheadWords({ waiting: waiting(1), hold: { why: 'failed', problem: 'p' } }, 0)).toMatch(/which stays held\.$/);
  expect(aheadWords({ waiting: [] }, 2)).toBe('The paused runs stay on Run.');
});

test('resuming takes a held queue along, and says so', () => {
  expect(resumeLabel({ waiting: waiting(1), hold: { why: 'restarted' } })).toBe('Resume, then the queue');
  expect(resumeLabel({ waiting: waiting(1), hold: { why: 'failed', problem: 'p' } })).toBe('Resume');
  expect(resumeLabel({ waiting: [] })).toBe('Resume');
});

test('the navigation says what trains, what was left and what waits', () => {
  expect(runMark({ active: false, paused: 0, waiting: 0 })).toBeUndefined();
  expect(runMark({ active: false, paused: 1, waiting: 2 })).toEqual({ shown: ['1 paused', '2 waiting'], said: '1 paused, 2 waiting' });
  expect(runMark({ active: false, paused: 0, waiting: 2 })).toEqual({ shown: ['2 waiting'], said: '2 waiting' });
  expect(runMark({ active: true, paused: 1, waiting: 0 })).toEqual({ shown: ['1 paused'], said: '1 paused, training' });
});

test('one that waits says what was known of it, and not its batch twice', () => {
  const [run] = waiting(1);
  expect(waitingWords(run)).toBe('Adam, learning rate 0.005, 15 epochs');
  expect(waitingWords(run, { ...DEFAULT_SPEC, optimizer: 'sgd' })).toBe('Adam, 15 epochs');
  expect(waitingWords({ ...run, expected: { pieces: 4, micro: 64, peakBytes: 2.93e6, seconds: 180 } }, DEFAULT_SPEC)).toBe(
    '15 epochs, 4 pieces of 64, 2.93 MB, about 3 min',
  );
  expect(waitingWords({ ...run, expected: { pieces: 1, micro: 256, peakBytes: 8.4e6 } }, DEFAULT_SPEC)).toBe('15 epochs, whole, 8.40 MB');
});

test('a queue that is held says why and what to press', () => {
  const restarted = { why: 'restarted' } as const;
  expect(holdWords(restarted, 2, 'none')).toBe(
    'These runs were waiting when Overbatch was ended. “Start the next run” begins the first of these, and the others go on behind it.',
  );
  expect(holdWords({ why: 'paused' }, 1, 'left')).toMatch(
    /^The queue waits because a run was paused\. “Resume, then the queue” takes up the run above/,
  );
  expect(holdWords(restarted, 1, 'training')).toMatch(/It goes on when you say so\.$/);
  expect(holdWords({ why: 'failed', problem: 'p' }, 1, 'left')).toBe('This run could not be started.');
});

test('a run that waits is told from the nearest before it that is called alike, not from one of other data or another model', () => {
  const [run] = waiting(1);
  const table = { datasetId: 'penguins', spec: { ...DEFAULT_SPEC, model: 'mlp', categories: 'embedded', patience: 10 } } as const;
  const [older, newer] = [1, 2].map((seed) => ({ datasetId: 'd', spec: { ...DEFAULT_SPEC, seed } }));
  // The control: beside the table's run it would be told by what only that has.
  expect(waitingWords(run, table.spec)).toContain('categories as usual');
  expect(waitingWords(run, alikeBefore(run, [table]))).toBe('Adam, learning rate 0.005, 15 epochs');
  expect(alikeBefore(run, [older, newer, table])).toBe(newer.spec);
});
