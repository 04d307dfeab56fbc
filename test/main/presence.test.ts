// A word at a run's end, where nobody looks, that leads to that run.
import { expect, test } from 'vitest';
import { showPresence } from '#main/presence';
import { runName } from '#store/runs';
import { eventually, startApp, value } from './app';
import { RUNS } from './processes';

test('clicked, the notification of a finished run opens that run; a person who looks gets none', async () => {
  const { ask, db, preferences, training } = startApp();
  const { id } = await value(ask('importSample', 'digits'));
  const [said, opened, shares]: [string[], string[], number[]] = [[], [], []];
  let isWatched = false;
  const blocker = { start: () => 1, stop: () => {} };
  const notify = (body: string, open: () => void) => (said.push(body), open());
  const runs = { name: (runId: string) => runName(db, runId), open: (runId: string) => void opened.push(runId) };
  showPresence(
    training,
    { blocker, setProgress: (share) => void shares.push(share), isWatched: () => isWatched, notify },
    runs,
    preferences,
  );
  const run = async () => {
    const runId = await value(ask('startRun', id, RUNS.completes));
    await eventually(() => training.runId).toBeUndefined();
    return runId;
  };
  const first = await run();
  expect([said, opened]).toEqual([[expect.stringMatching(/^digits, .*, batch \d+: Completed/)], [first]]);
  // On the taskbar it grows, and goes at the end.
  expect(shares.at(-1)).toBe(-1);
  expect(shares.slice(0, -1)).toEqual(shares.slice(0, -1).sort((a, b) => a - b));
  expect(shares.slice(0, -1).every((share) => share > 0 && share <= 1)).toBe(true);
  expect(shares.length).toBeGreaterThan(1);
  isWatched = true;
  await run();
  expect(said).toHaveLength(1);
  isWatched = false;
  preferences.change({ notifyEnd: false });
  await run();
  expect(said).toHaveLength(1);
});
