// Runs that are discarded while they train, and come back by undo.
import { expect, test } from 'vitest';
import { eventually, value } from './app';
import { RUNS } from './processes';
import { appWithQueue } from './queue-app';

test('discarded before it had a checkpoint, a run that is brought back begins again', async () => {
  const { ask, datasetId, events } = await appWithQueue();
  const runId = await value(ask('startRun', datasetId, RUNS.plansLong));
  await eventually(() => events.some((event) => event.kind === 'run' && event.event.kind === 'started')).toBe(true);
  await value(ask('discardRun', runId));
  await value(ask('restoreRuns', [runId]));
  expect(await value(ask('getRun', runId))).toMatchObject({ state: 'paused', resumable: true, begins: true });
});

test('discarded, a run ends at once, is hidden, and comes back by undo to go on from its checkpoint', async () => {
  const { ask, startLong, runs, processes } = await appWithQueue();
  const runId = await startLong();
  await value(ask('discardRun', runId));
  expect(await runs()).toEqual([]);
  await eventually(() => processes.alive).toBe(0);
  await value(ask('restoreRuns', [runId]));
  const run = await value(ask('getRun', runId));
  expect(run).toMatchObject({ state: 'paused', resumable: true });
  expect(run.failure).toBeUndefined();
  expect(run.events.at(-1)?.message).toMatch(/^This run was discarded/);
  // Nothing of what it had learnt is lost.
  const saved = run.events.filter(({ message }) => message.startsWith('Checkpoint')).at(-1);
  expect(saved?.message).toContain(`step ${run.steps.at(-1)?.step}`);
});
