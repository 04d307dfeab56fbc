// When a plan can be started or put into the queue, and why not.
import { expect, test } from 'vitest';
import { isCounting, mayFitLater, startHindrance, type ToStart } from '#renderer/state/start-hindrance';
import type { BatchForecast } from '#shared/forecast';

const tooLarge = { asked: { batch: 256, neededBytes: 3e9 } };
const whole = { asked: { batch: 256, micro: 256, pieces: [256] } as BatchForecast };
const plan: ToStart = { spec: {}, isMeasured: false, isAbout: true, isStale: false, forecast: whole, isTraining: false };

test('what fits, what was measured, and what nobody can forecast can be started', () => {
  expect(startHindrance(plan)).toBeUndefined();
  expect(startHindrance({ ...plan, forecast: tooLarge, isMeasured: true })).toBeUndefined();
  expect(startHindrance({ ...plan, forecast: undefined })).toBeUndefined();
  expect(startHindrance({ ...plan, isAbout: false, isStale: true })).toBeUndefined();
});

test('what is wrong or failed cannot; what is not known yet is waited for', () => {
  expect(startHindrance({ ...plan, spec: undefined })).toMatch(/^Correct/);
  expect(startHindrance({ ...plan, problem: 'It crashed.' })).toMatch(/cannot run/);
  const unknown = { ...plan, isAbout: false };
  expect([startHindrance(unknown), isCounting(unknown)]).toEqual([undefined, true]);
  const others = [plan, { ...unknown, isMeasured: true }, { ...unknown, isStale: true }, { ...unknown, problem: 'It crashed.' }];
  expect(others.map(isCounting)).toEqual([false, false, false, false]);
});

test('what does not fit now can wait for the memory of the run that trains, unless a person said how much it may take', () => {
  const now = { ...plan, forecast: tooLarge };
  expect(startHindrance(now)).toMatch(/do not fit: .* press Measure/);
  expect(startHindrance({ ...now, isTraining: true })).toBeUndefined();
  expect(startHindrance({ ...now, isTraining: true, spec: { budgetBytes: 1e9 } })).toMatch(/do not fit: change them first\.$/);
  expect([mayFitLater(now), mayFitLater({ ...now, isTraining: true })]).toEqual([false, true]);
  // Nor what this computer will never have.
  expect(startHindrance({ ...now, isTraining: true, totalBytes: 2e9 })).toMatch(/change them first\.$/);
  expect(startHindrance({ ...now, isTraining: true, totalBytes: 4e9 })).toBeUndefined();
});

test('without room on the disk it cannot be started; one that waits may find some', () => {
  const full = { ...plan, lacksRoom: 'There is too little room.' };
  expect(startHindrance(full)).toBe('There is too little room.');
  expect(startHindrance({ ...full, isMeasured: true })).toBe('There is too little room.');
  expect(startHindrance({ ...full, isTraining: true })).toBeUndefined();
});
