// When a run that is added to the queue begins, what a start does to the queue, and what the navigation says of both.
import { expect, test } from 'vitest';
import { aheadWords, holdWords, resumeLabel, turnWords, waitingFacts, waitingWords } from '#renderer/words/queue-words';
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
  expect(runMark({ active: false, begins: 'measuring', paused: 1, waiting: 0 })).toEqual({
    shown: ['Measuring…', '1 paused'],
    said: 'Measuring…, 1 paused',
  });
});

test('one that waits says in a line what its name does not, and behind it all of its settings', () => {
  const [run, other] = waiting(2);
  const words = (it: QueuedRun, ...neighbours: Partial<QueuedRun>[]) =>
    waitingWords(it, [it, ...neighbours.map((each) => ({ ...other, ...each }))], 'pictures');
  const known = { ...run, expected: { pieces: 4, micro: 64, peakBytes: 2.93e6, seconds: 180 } };
  expect(words(run)).toBe('batch 256 · 15 epochs');
  expect(words(known)).toBe('256 in pieces of 64 · 15 epochs · about 3 min');
  expect(words({ ...run, name: 'second try' })).toBe('digits · Small CNN · batch 256 · 15 epochs');
  expect(words({ ...run, expected: { pieces: 1, micro: 256, peakBytes: 8.4e6 } })).toBe('256 whole · 15 epochs');
  // It is told from its like, and not from what learns other data or is another model.
  const spec = { ...DEFAULT_SPEC, seed: 2, learningRate: 0.1, optimizer: 'sgd', patience: 5, dropout: 0.2 } as const;
  expect(words(run, { spec })).toBe('batch 256 · 15 epochs · Adam · learning rate 0.005 · seed 1 · 2 more');
  expect([words(run, { spec, datasetId: 'e' }), words(run, { spec: { ...spec, model: 'resnet-18' } })]).toEqual([words(run), words(run)]);
  expect(waitingFacts(known, 'pictures').slice(-2)).toEqual([
    ['Peak memory', '2.93 MB'],
    ['Time', 'about 3 min'],
  ]);
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
  // It goes on by itself: nobody is told to press anything, and nothing that is added is behind a held queue.
  const history = { why: 'history', problem: 'Another program is using the history.' } as const;
  expect(holdWords(history, 2, 'none')).toMatch(/^Another program is using the history\. The next run begins as soon as/);
  expect([turnWords({ waiting: waiting(1), hold: history }), resumeLabel({ waiting: waiting(1), hold: history })]).toEqual([
    turnWords({ waiting: waiting(1) }),
    'Resume',
  ]);
});
