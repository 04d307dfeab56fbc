// How a run ended, in the same words wherever it is said: in a notice, in its box, in the history and on its receipt.
import { expect, test } from 'vitest';
import { endedTogetherWords, endedWords, keptNowWords } from '#renderer/words/ended-words';
import { extendedTo, extendWords } from '#renderer/words/extend-words';
import { choiceWords, outcomeSentence, stateLabel } from '#renderer/words/run-words';
import type { RunDetail } from '#shared/run-record';
import type { Receipt } from '#shared/run-event';
import { DEFAULT_SPEC } from '#shared/run-spec';

const run = (over: Partial<RunDetail>): RunDetail =>
  ({
    ...{ id: 'a', name: 'digits', state: 'stopped', sort: 'pictures', spec: { ...DEFAULT_SPEC, epochs: 60, patience: 8 } },
    ...{ epochsDone: 105, hasModel: true, resumable: false, seconds: 42, validationAccuracy: 0.992 },
    keptModel: { of: 'best epoch', epoch: 98, step: 196 },
    ...over,
  }) as RunDetail;
const early = { epoch: 17, waited: 8, best: 9 };

test('a notice says how it ended, with what, and which model is kept', () => {
  expect(endedWords(run({}))).toBe('“digits” finished early after 105 epochs. The model of epoch 98 is kept: 99.2 % right in validation.');
  expect(endedWords(run({ state: 'completed', epochsDone: 1, sort: 'masks', validationScores: { iou: 0.871, dice: 0.93 } }))).toBe(
    '“digits” completed after 1 epoch. The model of epoch 98 is kept: mean IoU 0.871, Dice 0.930.',
  );
  expect(endedWords(run({ state: 'completed', endedEarly: early }))).toMatch(
    / stopped by itself after 17 of 60 epochs, no better for 8\. The model/,
  );
  expect(endedWords(run({ state: 'failed', failure: 'The disk is full.' }))).toBe('“digits” failed. The disk is full.');
  expect(endedWords(run({ hasModel: false }))).toBe('“digits” ended before it had a model.');
  expect(endedWords(run({ validationAccuracy: undefined, keptModel: undefined }))).toBe('“digits” finished early after 105 epochs.');
});

test('several are counted in a line, with those that failed, or with what the newest came to', () => {
  const failed = (name: string) => run({ name, state: 'failed' });
  expect(endedTogetherWords([run({}), failed('birds'), run({ name: 'cells' })])).toBe('3 runs ended, 1 of them failed: “birds”.');
  expect(endedTogetherWords([failed('a'), failed('b'), run({}), failed('c')])).toMatch(/ended, 3 of them failed: “a”, “b” and 1 more\.$/);
  expect(endedTogetherWords([run({}), run({ name: 'cells' })])).toBe('2 runs ended, the last of them “digits” with 99.2 %.');
  expect(endedTogetherWords([run({ hasModel: false }), run({})])).toMatch(/ “digits”, which has no model\.$/);
});

test('a run that ended by waiting says so, and is no mere "Completed"', () => {
  const stopped = run({ state: 'completed', endedEarly: early });
  expect(stateLabel(stopped)).toBe('Stopped by itself');
  expect(outcomeSentence(stopped)).toMatch(/^Stopped by itself after 17 of 60 epochs, in 42 s: no better for 8\. The model gets 99\.2 %/);
  expect(outcomeSentence({ ...stopped, endedEarly: { epoch: 17, waited: 17 } })).toContain(': its loss was no number.');
  // Ended before its first step it was not begun; with a place to go on from, or after some steps, it was.
  const none = run({ hasModel: false, seconds: undefined, keptModel: undefined });
  expect([none, { ...none, resumable: true }, { ...none, seconds: 3 }].map(stateLabel)).toEqual([
    'Not begun',
    'Finished early',
    'Finished early',
  ]);
  expect(outcomeSentence(none)).toMatch(/^It was ended before its first step, so nothing was trained\./);
  // Made longer, it trains again; what it came to before is not said of it.
  expect(stateLabel({ ...stopped, state: 'running' })).toBe('Running');
  expect([stateLabel(run({ state: 'completed' })), outcomeSentence(run({ state: 'completed' }))[0]]).toEqual(['Completed', 'C']);
});

test('made longer, it goes on from where it stopped and waits anew', () => {
  const stopped = run({ state: 'completed', endedEarly: early });
  expect([extendedTo(stopped), extendedTo(run({ state: 'completed' }))]).toEqual([68, 120]);
  expect(extendWords(stopped.spec, early)).toBe(
    'It goes on after epoch 17, and stops by itself again after 8 epochs without a better one.',
  );
});

test('the model that is kept now is named, by its epoch and loss', () => {
  const metrics = { loss: 0.0498, accuracy: 0.99, samples: 9 };
  const receipt = (model: Receipt['model'], validation = true) =>
    ({ model, final: { train: metrics, ...(validation && { validation: metrics }) } }) as Receipt;
  expect(keptNowWords({ name: 'a', receipt: receipt({ of: 'last step', epoch: 1756, step: 3512 }) })).toBe(
    '“a” keeps the last model now, of epoch 1,756 (validation loss 0.0498).',
  );
  expect(keptNowWords({ name: 'a', receipt: receipt({ of: 'best epoch', epoch: 98, step: 196 }, false) })).toBe(
    '“a” keeps the best model now, of epoch 98 (training loss 0.0498).',
  );
});

test('in a list that cuts its ends, the name stands last', () => {
  expect(choiceWords(run({ startedAt: new Date().toISOString() }))).toMatch(/^99\.2 % · today \d\d:\d\d · digits$/);
});
