// A word at a run's end, where nobody looks, that leads to that run.
import { expect, test } from 'vitest';
import { showPresence } from '#main/presence';
import { runName } from '#store/runs';
import { eventually, startApp, value } from './app';
import { RUNS } from './processes';

test('clicked, the notification of a finished run opens that run; a person who looks gets none', async () => {
  const { ask, db, preferences, training } = startApp();
  const { id } = await value(ask('importSample', 'digits'));
  const [said, opened]: [string[], string[]] = [[], []];
  let isWatched = false;
  const blocker = { start: () => 1, stop: () => {} };
  const notify = (body: string, open: () => void) => (said.push(body), open());
  const runs = { name: (runId: string) => runName(db, runId), open: (runId: string) => void opened.push(runId) };
  showPresence(training, { blocker, setProgress: () => {}, isWatched: () => isWatched, notify }, runs, preferences);
  const run = async () => {
    const runId = await value(ask('startRun', id, RUNS.completes));
    await eventually(() => training.runId).toBeUndefined();
    return runId;
  };
  const first = await run();
  expect([said, opened]).toEqual([[expect.stringMatching(/^digits, .*, batch \d+: Completed/)], [first]]);
  isWatched = true;
  await run();
  expect(said).toHaveLength(1);
  isWatched = false;
  preferences.change({ notifyEnd: false });
  await run();
  expect(said).toHaveLength(1);
});
