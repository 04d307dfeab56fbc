// The computer is held awake from a run's first word over the whole queue, and let go when nothing trains any more.
import { expect, test } from 'vitest';
import { keepAwake } from '#main/keep-awake';
import { eventually, startApp, value } from './app';
import { RUNS } from './processes';

test('held once for two runs in a row, and released after the last', async () => {
  const { ask, preferences, training, tell } = startApp();
  const heard: string[] = [];
  const runIds = new Set<string>();
  keepAwake(training, { start: () => heard.push('held'), stop: (id) => heard.push(`${id} released`) }, preferences, 1_000);
  training.onEvent(() => training.runId !== undefined && runIds.add(training.runId));
  const { id } = await value(ask('importSample', 'digits'));
  await value(ask('startRun', id, RUNS.untilStopped));
  await value(ask('queueRun', id, RUNS.untilStopped));
  await eventually(() => heard).toEqual(['held']);
  await value(tell('stopRun'));
  await eventually(() => runIds.size).toBe(2);
  expect(heard).toEqual(['held']);
  await value(tell('stopRun'));
  await eventually(() => heard).toEqual(['held', '1 released']);
});

test('turned off while a run trains it is let go at once, and held again when turned on', async () => {
  const { ask, preferences, training, tell } = startApp();
  const heard: string[] = [];
  preferences.change({ keepAwake: false });
  keepAwake(training, { start: () => heard.push('held'), stop: (id) => heard.push(`${id} released`) }, preferences, 0);
  const { id } = await value(ask('importSample', 'digits'));
  await value(ask('startRun', id, RUNS.untilStopped));
  await eventually(() => training.runId).toBeDefined();
  expect(heard).toEqual([]);
  preferences.change({ keepAwake: true });
  expect(heard).toEqual(['held']);
  preferences.change({ keepAwake: false });
  expect(heard).toEqual(['held', '1 released']);
  await value(tell('stopRun'));
});
